// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A position below the number of blocks times their size is in a block below that number, at a place below their size.

#include "../ai.h"

#define BLOCK 64u

static unsigned char blocks[40][BLOCK];

static unsigned store(unsigned count, unsigned position, const unsigned char *data, unsigned length)
{
    unsigned size = count * BLOCK, stored = 0;
    while (position < size && length > 0) {
        unsigned inside = position % BLOCK;
        unsigned part = BLOCK - inside < length ? BLOCK - inside : length;
        for (unsigned i = 0; i < part; i++)
            blocks[position / BLOCK][inside + i] = *data++; // safe: out-of-bounds-read // imprecise: out-of-bounds-write, pointer-arithmetic
        position += part;
        length -= part;
        stored += part;
        __ai_assert(position <= size); // imprecise: assertion
    }
    return stored;
}

int main(void)
{
    unsigned char data[500];
    __ai_any_bytes(data, sizeof data);
    unsigned count = __ai_any_uchar(), position = __ai_any_uint(), length = __ai_any_uint();
    if (count > 40 || length > sizeof data)
        return 1;
    unsigned stored = store(count, position, data, length);
    __ai_assert(stored <= length); // imprecise: assertion
    return stored > 0 && data[stored - 1] == 1; // safe: out-of-bounds-read
}
