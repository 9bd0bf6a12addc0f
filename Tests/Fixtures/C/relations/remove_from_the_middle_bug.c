// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Of the elements behind the one that is removed, one too many is moved.
// witness: 3, 0

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static void remove_at(int *items, size_t *count, size_t at)
{
    if (at >= *count)
        return;
    size_t behind = *count - at;
    memmove(items + at, items + at + 1, behind * sizeof *items); // bug: out-of-bounds-read // imprecise: pointer-arithmetic, out-of-bounds-write
    --*count;
}

int main(void)
{
    size_t count = __ai_any_ushort();
    int *items = calloc(count, sizeof *items); // safe: out-of-bounds-write
    if (!items)
        return 1;
    remove_at(items, &count, __ai_any_uint());
    free(items);
    return 0;
}
