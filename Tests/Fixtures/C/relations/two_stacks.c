// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two stacks grow towards each other in one block, and meet at most.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned size = __ai_any_ushort();
    int *block = malloc(size * sizeof *block);
    if (!block)
        return 1;
    unsigned low = 0, high = size;
    unsigned sum = 0;
    while (__ai_any_bool()) {
        if (low < high) {
            if (__ai_any_bool())
                block[low++] = 1; // safe: out-of-bounds-write
            else
                block[--high] = 2; // safe: out-of-bounds-write
        } else if (low > 0) {
            sum += (unsigned)block[--low]; // safe: out-of-bounds-read // imprecise: uninitialized-read
        }
        if (high < size && __ai_any_bool())
            sum += (unsigned)block[high++]; // safe: out-of-bounds-read // imprecise: uninitialized-read
        __ai_assert(low <= high && high <= size); // safe: assertion
    }
    free(block);
    return sum == 0;
}
