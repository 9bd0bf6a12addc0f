// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What is read from a ring may lie in two parts: up to the end of the block, and the rest from its start.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static void ring_read(char *target, const char *ring, size_t size, size_t head, size_t length)
{
    size_t to_end = size - head;
    if (length <= to_end) {
        memcpy(target, ring + head, length); // safe: pointer-arithmetic, out-of-bounds-write // imprecise: out-of-bounds-read
        return;
    }
    memcpy(target, ring + head, to_end); // safe: pointer-arithmetic, out-of-bounds-write, out-of-bounds-read
    memcpy(target + to_end, ring, length - to_end); // safe: out-of-bounds-read, pointer-arithmetic, out-of-bounds-write
}

int main(void)
{
    size_t size = __ai_any_ushort(), head = __ai_any_ulong(), length = __ai_any_ulong();
    if (head >= size || length > size)
        return 1;
    char *ring = calloc(size, 1), *target = malloc(length + 1); // safe: out-of-bounds-write
    if (ring && target) {
        ring_read(target, ring, size, head, length);
        target[length] = 0; // safe: out-of-bounds-write
    }
    free(target);
    free(ring);
    return 0;
}
