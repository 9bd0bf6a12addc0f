// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The first element of a variable length array that has at least one.

#include "../ai.h"

int main(void)
{
    int count = __ai_any_int();
    if (count < 1 || count > 100)
        return 1;
    int values[count]; // safe: vla-size
    values[0] = 7; // safe: out-of-bounds-write
    return values[0] == 7; // safe: out-of-bounds-read, uninitialized-read
}
