// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A wrapper fills the block before it hands it out, and gives NULL where there is none. Its caller does the same with it.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

struct counter {
    int count, step;
};

static void *zeroed(size_t size)
{
    void *block = malloc(size);
    if (block == NULL)
        return NULL;
    memset(block, 0, size); // safe: out-of-bounds-write, null-dereference
    return block;
}

static struct counter *make(int step)
{
    struct counter *counter = zeroed(sizeof *counter);
    if (counter)
        counter->step = step; // safe: null-dereference, out-of-bounds-write
    return counter;
}

int main(void)
{
    struct counter *counter = make(3);
    if (!counter)
        return 1;
    int next = counter->count + counter->step; // safe: uninitialized-read, signed-overflow, null-dereference, use-after-free
    __ai_assert(next == 3);                    // safe: assertion
    free(counter);                             // safe: invalid-free
    return 0;
}
