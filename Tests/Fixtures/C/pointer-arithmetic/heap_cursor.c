// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A cursor moves over a heap block in steps of a structure.

#include <stdlib.h>

struct item {
    int key;
    int value;
};

int main(void)
{
    struct item *items = calloc(10, sizeof *items);
    if (!items)
        return 1;
    struct item *end = items + 10; // safe: pointer-arithmetic
    for (struct item *item = items; item < end; item++) // safe: pointer-comparison, pointer-arithmetic
        item->value = 1; // safe: out-of-bounds-write, null-dereference
    free(items);
    return 0;
}
