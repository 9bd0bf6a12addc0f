// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length is decreased by a test in front that stops only below zero: one byte too many is read.
// witness: 3

#include "../ai.h"
#include <stdlib.h>

static unsigned checksum(const unsigned char *data, int length)
{
    unsigned sum = 0xffff;
    while (length-- >= 0) {
        sum = sum * 31 + *data; // bug: out-of-bounds-read // safe: uninitialized-read
        data++; // safe: pointer-arithmetic
    }
    return sum;
}

int main(void)
{
    unsigned short length = __ai_any_uchar();
    unsigned char *data = calloc(length, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    unsigned sum = checksum(data, length);
    free(data);
    return sum == 0;
}
