// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of the operands, which bounds the result of `|`, is beyond 128 bits with a sign: nothing is said of it.

#include "../ai.h"

int main(void)
{
    __int128 half = (__int128)1 << 125, large = half + half;
    __int128 a = large + __ai_any_uchar(), b = large + __ai_any_uchar();
    __int128 both = a | b, one = a ^ b;
    __ai_assert(both >= large);  // safe: assertion
    __ai_assert(one >= 0);       // safe: assertion
    int table[256] = {0};
    table[__ai_any_uchar()] = 1;  // safe: out-of-bounds-write
    return table[0];
}
