// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bits that are masked: what is not negative stays so, whichever side the negative mask stands on.

#include "../ai.h"

static const unsigned char table[16];

int main(void)
{
    int i = __ai_any_int();
    __ai_assume(i >= 0);
    __ai_assume(i < 16);
    int sum = table[-8 & i]; // safe: out-of-bounds-read
    sum += table[i & -4]; // safe: out-of-bounds-read, signed-overflow
    sum += table[-1 & (__ai_any_uint() >> 28)]; // safe: out-of-bounds-read, signed-overflow
    return sum;
}
