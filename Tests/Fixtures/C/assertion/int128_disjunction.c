// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bits of numbers whose sum would need more than 128 bits.

#include "../ai.h"

int main(void)
{
    __int128 half = (__int128)1 << 126;
    __int128 left = half + 256 + __ai_any_uchar(), right = half + 256 + __ai_any_uchar();
    __int128 either = left | right, one = left ^ right;
    __ai_assert(either >= half); // safe: assertion
    __ai_assert(either >= left); // imprecise: assertion
    __ai_assert(one >= 0);       // safe: assertion
    __int128 small = __ai_any_uchar(), other = __ai_any_uchar();
    __ai_assert((small | other) <= small + other); // safe: assertion
    return 0;
}
