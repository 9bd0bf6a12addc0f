// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array for at least one and at most a hundred elements.

#include "../ai.h"

int main(void)
{
    int length = __ai_any_int();
    if (length < 0)
        length = 0;
    if (length > 99)
        length = 99;
    double line[length + 1]; // safe: vla-size, signed-overflow
    line[0] = 1.0; // safe: out-of-bounds-write
    return sizeof line > 8;
}
