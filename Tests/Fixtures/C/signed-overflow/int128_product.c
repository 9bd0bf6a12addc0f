// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The product of two 64-bit numbers fits into 128 bits.

#include "../ai.h"

int main(void)
{
    long long a = __ai_any_longlong();
    long long b = __ai_any_longlong();
    __int128 product = (__int128)a * b; // safe: signed-overflow
    long long high = (long long)(product >> 64); // safe: invalid-shift
    return high > 0;
}
