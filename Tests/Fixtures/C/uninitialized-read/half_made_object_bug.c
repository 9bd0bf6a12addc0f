// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The second allocation fails: the object is handed out all the same, its last member never set.
//
// witness: 0

#include "../ai.h"
#include <stdlib.h>

struct list {
    int *items;
    int length;
};

static struct list *make(_Bool hasItems)
{
    struct list *list = malloc(sizeof *list);
    if (!list)
        return NULL;
    list->items = hasItems ? malloc(4 * sizeof *list->items) : NULL; // safe: null-dereference
    if (!list->items) // safe: uninitialized-read
        return list;
    list->length = 0;
    return list;
}

int main(void)
{
    struct list *list = make(__ai_any_bool());
    if (!list)
        return 1;
    int isLong = list->length > 8; // bug: uninitialized-read
    free(list->items);
    free(list); // safe: invalid-free
    return isLong;
}
