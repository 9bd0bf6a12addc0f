// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two halves of a block are filled one after the other.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t size = __ai_any_ushort(), half = size / 2;
    char *block = malloc(size);
    if (!block)
        return 1;
    for (size_t i = 0; i < half; i++)
        block[i] = 'a'; // safe: out-of-bounds-write
    for (size_t i = half; i < size; i++)
        block[i] = 'b'; // safe: out-of-bounds-write
    free(block);
    return 0;
}
