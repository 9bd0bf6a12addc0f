// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bits are read from a block of bytes: a position below eight times the length is in a byte below the length.

#include "../ai.h"
#include <stdlib.h>

struct bits {
    const unsigned char *data;
    unsigned position, count;
};

static int next_bit(struct bits *bits)
{
    if (bits->position >= bits->count)
        return -1;
    unsigned byte = bits->data[bits->position / 8]; // safe: uninitialized-read // imprecise: out-of-bounds-read
    int bit = (int)(byte >> bits->position % 8 & 1); // safe: invalid-shift
    bits->position++;
    return bit;
}

int main(void)
{
    unsigned length = __ai_any_uchar() % 100;
    unsigned char *data = malloc(length);
    if (!data)
        return 1;
    for (unsigned i = 0; i < length; i++)
        data[i] = 0xa5; // safe: out-of-bounds-write
    struct bits bits = {data, 0, 8 * length};
    unsigned ones = 0;
    for (int bit; (bit = next_bit(&bits)) >= 0;)
        ones += (unsigned)bit;
    __ai_assert(ones <= 8 * length); // imprecise: assertion
    free(data);
    return 0;
}
