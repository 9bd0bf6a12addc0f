// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A growing array: a pointer to an element is kept over the growth.
// witness:

#include <stdlib.h>

struct list {
    int *items;
    unsigned count;
    unsigned capacity;
};

static int append(struct list *list, int item)
{
    if (list->count == list->capacity) {
        unsigned capacity = list->capacity ? 2 * list->capacity : 1;
        int *items = realloc(list->items, capacity * sizeof *items); // safe: invalid-free, out-of-bounds-read, out-of-bounds-write, use-after-free
        if (!items)
            return 0;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = item; // safe: use-after-free, misaligned-access // imprecise: out-of-bounds-write, null-dereference
    return 1;
}

int main(void)
{
    struct list list = {0};
    if (!append(&list, 1))
        return 1;
    int *first = &list.items[0];
    if (!append(&list, 2))
        return 1;
    return *first; // bug: use-after-free // safe: uninitialized-read // imprecise: null-dereference
}
