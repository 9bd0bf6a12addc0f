// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Four bytes per round as long as four are left, then the rest one by one.

#include "../ai.h"

static unsigned char input[1500];

static unsigned sum_of(const unsigned char *p, unsigned n)
{
    unsigned sum = 0;
    for (; n >= 4; n -= 4, p += 4) { // safe: pointer-arithmetic
        sum += p[0] + (p[1] << 8); // imprecise: out-of-bounds-read
        sum ^= p[2] + (p[3] << 8); // imprecise: out-of-bounds-read
    }
    while (n > 0) {
        sum += *p++; // safe: out-of-bounds-read // imprecise: pointer-arithmetic
        n--;
    }
    return sum;
}

int main(void)
{
    unsigned start = __ai_any_uint(), length = __ai_any_uint();
    __ai_any_bytes(input, sizeof input);
    if (start > sizeof input || length > sizeof input - start)
        return 1;
    return sum_of(input + start, length) == 0; // safe: pointer-arithmetic
}
