// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The capacity is changed before the block is, and stays so when the block cannot grow.
// witness: 2, 1

#include "../ai.h"
#include <stdlib.h>

struct vector {
    int *items;
    unsigned length, capacity;
};

static void grow(struct vector *vector, int may_grow)
{
    vector->capacity *= 2;
    int *items = may_grow ? realloc(vector->items, vector->capacity * sizeof *items) : NULL; // safe: invalid-free, out-of-bounds-write // imprecise: out-of-bounds-read
    if (items)
        vector->items = items;
}

int main(void)
{
    struct vector vector = {0};
    unsigned capacity = 1u + __ai_any_uchar() % 100;
    vector.items = malloc(capacity * sizeof *vector.items);
    if (!vector.items)
        return 1;
    vector.capacity = capacity;
    grow(&vector, __ai_any_int() > 1);
    while (vector.length < vector.capacity)
        vector.items[vector.length++] = 1; // bug: out-of-bounds-write // imprecise: use-after-free
    free(vector.items); // imprecise: invalid-free
    return 0;
}
