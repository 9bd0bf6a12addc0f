// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Arithmetic of 128 bits.

#include "../ai.h"

int main(void)
{
    unsigned __int128 big = (unsigned __int128)1 << 100; // safe: invalid-shift
    big += 5;
    __ai_assert((unsigned long long)big == 5); // safe: assertion
    __ai_assert((unsigned long long)(big >> 64) == 1ULL << 36); // safe: assertion
    __int128 negative = -(__int128)1000000000000LL * 1000000000000LL; // safe: signed-overflow
    __ai_assert(negative / 1000000000000LL == -1000000000000LL); // safe: assertion, division-by-zero
    return 0;
}
