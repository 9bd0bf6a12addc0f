// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A jump back makes the value of a variable indeterminate where its declaration is reached again.
//
// witness:
// confirmed-by: reasoning - C11 6.2.4p6: without an initialiser the value becomes indeterminate each time the declaration is reached

#include "../ai.h"

int main(void)
{
    int *kept = 0;
    int sum = 0;
again:;
    int values[2];
    if (kept)
        return *kept; // bug: uninitialized-read
    values[0] = 3;
    kept = &values[0];
    sum += *kept; // safe: uninitialized-read, dangling-pointer, signed-overflow
    goto again;
}
