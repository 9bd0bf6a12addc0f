// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer walks up to the end of a block.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t size = __ai_any_ushort();
    unsigned char *block = calloc(size, 1); // safe: out-of-bounds-write
    if (!block)
        return 1;
    unsigned sum = 0;
    for (const unsigned char *p = block, *end = block + size; p < end; p++) // safe: pointer-arithmetic
        sum += *p; // safe: out-of-bounds-read, uninitialized-read
    free(block);
    return sum == 5;
}
