// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An element is removed, and those behind it move down: there are as many of them as lie behind it.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static void remove_at(int *items, size_t *count, size_t at)
{
    if (at >= *count)
        return;
    size_t behind = *count - at - 1;
    memmove(items + at, items + at + 1, behind * sizeof *items); // imprecise: out-of-bounds-read, out-of-bounds-write, pointer-arithmetic
    --*count;
}

int main(void)
{
    size_t count = __ai_any_uchar();
    int *items = malloc(count * sizeof *items);
    if (!items)
        return 1;
    for (size_t i = 0; i < count; i++)
        items[i] = 9; // safe: out-of-bounds-write
    size_t before = count;
    while (count > 0 && __ai_any_bool())
        remove_at(items, &count, __ai_any_uint());
    __ai_assert(count <= before); // imprecise: assertion
    int answer = count > 0 && items[count - 1] == 9; // safe: uninitialized-read, out-of-bounds-read
    free(items);
    return answer;
}
