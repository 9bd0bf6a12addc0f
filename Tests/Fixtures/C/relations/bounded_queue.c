// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A queue of fixed size: behind its last element is the head plus the count, less the size if that is too far.

#include "../ai.h"

#define SIZE 1000

static struct {
    unsigned head, count;
    int items[SIZE];
} queue;

static int put(int item)
{
    if (queue.count == SIZE)
        return 0;
    unsigned tail = queue.head + queue.count;
    if (tail >= SIZE)
        tail -= SIZE;
    queue.items[tail] = item; // safe: out-of-bounds-write
    queue.count++;
    return 1;
}

static int get(int *item)
{
    if (queue.count == 0)
        return 0;
    *item = queue.items[queue.head]; // safe: out-of-bounds-read
    if (++queue.head == SIZE)
        queue.head = 0;
    queue.count--;
    return 1;
}

int main(void)
{
    int item = 0;
    while (__ai_any_bool()) {
        if (__ai_any_bool() ? !put(item) : !get(&item))
            return 1;
    }
    __ai_assert(queue.head < SIZE && queue.count <= SIZE); // safe: assertion
    return 0;
}
