// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A page of a list: at most limit elements from an offset on.

#include "../ai.h"
#include <stdlib.h>

static unsigned long page(const unsigned *items, size_t count, size_t offset, size_t limit)
{
    unsigned long sum = 0;
    if (offset > count)
        return 0;
    size_t rest = count - offset;
    if (limit > rest)
        limit = rest;
    for (size_t i = 0; i < limit; i++)
        sum += items[offset + i]; // safe: uninitialized-read // imprecise: out-of-bounds-read
    return sum;
}

int main(void)
{
    size_t count = __ai_any_uchar();
    unsigned *items = calloc(count, sizeof *items); // safe: out-of-bounds-write
    if (!items)
        return 1;
    unsigned long sum = page(items, count, __ai_any_ulong(), __ai_any_ulong());
    free(items);
    return sum == 2;
}
