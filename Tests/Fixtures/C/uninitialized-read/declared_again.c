// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A jump back to behind a declaration leaves the variable its value.

#include "../ai.h"

int main(void)
{
    int values[2];
    int *kept = 0;
again:
    if (kept)
        return *kept - 3; // safe: uninitialized-read, dangling-pointer
    values[0] = 3;
    kept = &values[0];
    goto again;
}
