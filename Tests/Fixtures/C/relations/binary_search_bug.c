// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The result of a binary search may be the count, and is used without a test.
// witness: 4, 50

#include "../ai.h"
#include <stdlib.h>

static size_t lower_bound(const unsigned *keys, size_t count, unsigned wanted)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle] < wanted) // safe: uninitialized-read // imprecise: out-of-bounds-read
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int main(void)
{
    size_t count = __ai_any_ushort();
    unsigned *keys = calloc(count, sizeof *keys); // safe: out-of-bounds-write
    if (!keys)
        return 1;
    size_t place = lower_bound(keys, count, __ai_any_uint());
    int found = keys[place] != 0; // bug: out-of-bounds-read // safe: uninitialized-read
    free(keys);
    return found;
}
