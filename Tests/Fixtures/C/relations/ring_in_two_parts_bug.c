// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The second part of what is read from a ring is as long as the whole.
// witness: 8, 6, 8

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
    memcpy(target + to_end, ring, length); // bug: out-of-bounds-write // safe: out-of-bounds-read, pointer-arithmetic
}

int main(void)
{
    size_t size = __ai_any_ushort(), head = __ai_any_ulong(), length = __ai_any_ulong();
    if (head >= size || length > size)
        return 1;
    char *ring = calloc(size, 1), *target = malloc(length); // safe: out-of-bounds-write
    if (ring && target)
        ring_read(target, ring, size, head, length);
    free(target);
    free(ring);
    return 0;
}
