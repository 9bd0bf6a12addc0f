// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An element sinks in a binary heap: a left child is at twice its index and one, if that is below the count.

#include "../ai.h"
#include <stdlib.h>

static void sink(unsigned *heap, size_t count, size_t at)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count)
            return;
        if (child + 1 < count && heap[child + 1] < heap[child]) // safe: uninitialized-read, out-of-bounds-read
            child++;
        if (heap[at] <= heap[child]) // safe: uninitialized-read, out-of-bounds-read
            return;
        unsigned kept = heap[at]; // safe: uninitialized-read, out-of-bounds-read
        heap[at] = heap[child]; // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
        heap[child] = kept; // safe: out-of-bounds-write
        at = child;
    }
}

int main(void)
{
    size_t count = __ai_any_uint() % 200;
    unsigned *heap = malloc((count + 1) * sizeof *heap);
    if (!heap)
        return 1;
    __ai_any_bytes(heap, (count + 1) * sizeof *heap); // safe: out-of-bounds-write
    for (size_t at = count / 2; at-- > 0;)
        sink(heap, count, at);
    free(heap);
    return 0;
}
