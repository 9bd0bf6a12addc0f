// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Four bytes per round, with a test that only three are left.
// witness: 7

#include "../ai.h"
#include <stdlib.h>

static unsigned sum_of(const unsigned char *p, unsigned n)
{
    unsigned sum = 0;
    for (; n >= 3; n -= 4, p += 4) { // safe: pointer-arithmetic
        sum += p[0] + (p[1] << 8); // safe: invalid-shift, uninitialized-read // imprecise: out-of-bounds-read
        sum += p[2]; // safe: uninitialized-read // imprecise: out-of-bounds-read
        sum ^= p[3]; // bug: out-of-bounds-read // safe: uninitialized-read
    }
    return sum;
}

int main(void)
{
    unsigned length = __ai_any_uchar();
    unsigned char *input = calloc(length, 1); // safe: out-of-bounds-write
    if (!input)
        return 1;
    unsigned sum = sum_of(input, length);
    free(input);
    return sum == 0;
}
