// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The wanted element is put behind the last one, so that a search without a test of the length must end.

#include "../ai.h"
#include <stdlib.h>

static size_t find(int *values, size_t count, int wanted)
{
    values[count] = wanted; // safe: out-of-bounds-write
    size_t i = 0;
    while (values[i] != wanted) // safe: uninitialized-read // imprecise: out-of-bounds-read
        i++;
    __ai_assert(i <= count); // safe: assertion
    return i;
}

int main(void)
{
    size_t count = __ai_any_uchar();
    int *values = malloc((count + 1) * sizeof *values);
    if (!values)
        return 1;
    for (size_t i = 0; i < count; i++)
        values[i] = 2; // safe: out-of-bounds-write
    size_t place = find(values, count, __ai_any_int());
    values[place] = 1; // imprecise: out-of-bounds-write
    free(values);
    return place < count;
}
