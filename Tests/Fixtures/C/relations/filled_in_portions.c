// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A block is filled by several calls, each of which may do less than it was asked for.

#include "../ai.h"
#include <stdlib.h>

static long receive(unsigned char *target, long most)
{
    long stored = __ai_any_long();
    if (stored > most)
        stored = most;
    if (stored > 0)
        __ai_any_bytes(target, stored); // safe: out-of-bounds-write
    return stored;
}

int main(void)
{
    long size = __ai_any_ushort(), total = 0;
    unsigned char *block = malloc(size);
    if (!block)
        return 1;
    while (total < size) {
        long stored = receive(block + total, size - total); // safe: signed-overflow, pointer-arithmetic
        if (stored <= 0)
            break;
        total += stored; // safe: signed-overflow
    }
    __ai_assert(total >= 0 && total <= size); // safe: assertion
    int last = total > 0 ? block[total - 1] : 0; // safe: out-of-bounds-read // imprecise: uninitialized-read
    free(block);
    return last;
}
