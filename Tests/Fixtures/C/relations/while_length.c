// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer and what is left behind it change together: one up, the other down.

#include "../ai.h"
#include <stdlib.h>

static unsigned checksum(const unsigned char *data, size_t length)
{
    unsigned sum = 0xffff;
    while (length--)
        sum = sum * 31 + *data++; // safe: uninitialized-read, pointer-arithmetic, out-of-bounds-read
    return sum;
}

int main(void)
{
    unsigned short length = __ai_any_ushort();
    unsigned char *data = malloc(length);
    if (!data)
        return 1;
    __ai_any_bytes(data, length); // safe: out-of-bounds-write
    unsigned sum = checksum(data, length);
    free(data);
    return sum == 0;
}
