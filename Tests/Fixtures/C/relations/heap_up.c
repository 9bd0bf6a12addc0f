// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An element rises in a binary heap that is not full: its parent's index is never larger than its own.

#include "../ai.h"

#define SIZE 800

static struct {
    int keys[SIZE];
    int count;
} heap;

static int add(int key)
{
    if (heap.count >= SIZE)
        return 0;
    int at = heap.count++; // safe: signed-overflow
    while (at > 0) {
        int parent = (at - 1) / 2; // safe: signed-overflow
        __ai_assert(parent < at); // safe: assertion
        if (heap.keys[parent] <= key) // safe: out-of-bounds-read
            break;
        heap.keys[at] = heap.keys[parent]; // safe: out-of-bounds-read, out-of-bounds-write
        at = parent;
    }
    __ai_assert(at < heap.count); // imprecise: assertion
    heap.keys[at] = key; // safe: out-of-bounds-write
    return 1;
}

int main(void)
{
    while (__ai_any_bool() && add(__ai_any_int()))
        ;
    return heap.count > 0 ? heap.keys[heap.count / 2] == 5 : 0; // safe: out-of-bounds-read
}
