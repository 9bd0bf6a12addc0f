// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A part of a block is cleared if offset and length fit, tested without overflow.

#include "../ai.h"
#include <stdlib.h>

static int clear(char *block, size_t size, size_t offset, size_t length)
{
    if (offset > size || length > size - offset)
        return -1;
    for (size_t i = 0; i < length; i++)
        block[offset + i] = 0; // safe: out-of-bounds-write
    return 0;
}

int main(void)
{
    size_t size = __ai_any_ushort();
    char *block = malloc(size);
    if (!block)
        return 1;
    int answer = clear(block, size, __ai_any_ulong(), __ai_any_ulong());
    free(block);
    return answer;
}
