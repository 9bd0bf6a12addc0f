// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Binary search: low <= middle < high <= count.

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
    __ai_assert(low <= count); // safe: assertion
    return low;
}

int main(void)
{
    size_t count = __ai_any_uchar();
    unsigned *keys = malloc(count * sizeof *keys);
    if (!keys)
        return 1;
    for (size_t i = 0; i < count; i++)
        keys[i] = 3 * (unsigned)i; // safe: out-of-bounds-write
    size_t place = lower_bound(keys, count, __ai_any_uint());
    int found = place < count && keys[place] % 3 == 0; // safe: uninitialized-read, out-of-bounds-read
    free(keys);
    return found;
}
