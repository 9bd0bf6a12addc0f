// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Numbers at the ends of 128 bits: unsigned ones wrap, the sum of two large signed ones leaves the type.
// witness: -1

#include "../ai.h"

int main(void)
{
    unsigned __int128 all = __ai_any_long();
    unsigned __int128 wrapped = all * all + (all << 5) - (all >> 3);
    __int128 half = (__int128)1 << 126;
    if (wrapped / 3 == 7 || (__int128)all < half - 1) // safe: division-by-zero
        half = half + half; // bug: signed-overflow
    return half < 0;
}
