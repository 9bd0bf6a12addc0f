// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array grows by a half when it is full: its length is at most its capacity, and that is the block's.

#include "../ai.h"
#include <stdlib.h>

struct vector {
    int *items;
    unsigned length, capacity;
};

static int append(struct vector *vector, int item)
{
    if (vector->length == vector->capacity) {
        if (vector->capacity > 1000000)
            return 0;
        unsigned capacity = vector->capacity + vector->capacity / 2 + 8;
        int *items = realloc(vector->items, capacity * sizeof *items); // safe: out-of-bounds-write // imprecise: invalid-free, use-after-free, out-of-bounds-read
        if (!items)
            return 0;
        vector->items = items;
        vector->capacity = capacity;
    }
    vector->items[vector->length++] = item; // imprecise: out-of-bounds-write, null-dereference, use-after-free
    return 1;
}

int main(void)
{
    struct vector vector = {0};
    unsigned sum = 0;
    while (__ai_any_bool() && append(&vector, __ai_any_int()))
        ;
    for (unsigned i = 0; i < vector.length; i++)
        sum += (unsigned)vector.items[i]; // imprecise: out-of-bounds-read, uninitialized-read, null-dereference, use-after-free
    free(vector.items); // imprecise: invalid-free
    return sum == 5;
}
