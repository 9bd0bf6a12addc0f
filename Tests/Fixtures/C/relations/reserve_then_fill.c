// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A vector grows to a capacity that is asked for, and is filled up to it.

#include "../ai.h"
#include <stdlib.h>

struct vector {
    long *items;
    size_t capacity;
};

static int reserve(struct vector *vector, size_t capacity)
{
    long *items = malloc(capacity * sizeof *items);
    if (!items)
        return 0;
    vector->items = items;
    vector->capacity = capacity;
    return 1;
}

int main(void)
{
    struct vector vector;
    if (!reserve(&vector, __ai_any_ushort()))
        return 1;
    for (size_t i = 0; i < vector.capacity; i++) // imprecise: uninitialized-read
        vector.items[i] = 0; // imprecise: out-of-bounds-write, uninitialized-read
    free(vector.items); // imprecise: uninitialized-read
    return 0;
}
