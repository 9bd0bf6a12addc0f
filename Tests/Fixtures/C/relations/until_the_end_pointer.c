// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer walks up to the end of a block of symbolic size; what it has passed is a difference of pointers.

#include "../ai.h"
#include <stdlib.h>

static const int *find(const int *p, const int *end, int wanted)
{
    while (p != end && *p != wanted) // safe: uninitialized-read // imprecise: out-of-bounds-read
        p++; // safe: pointer-arithmetic
    return p;
}

int main(void)
{
    int count = __ai_any_uchar();
    int *values = malloc(count * sizeof *values);
    if (!values)
        return 1;
    int *end = values + count; // safe: pointer-arithmetic
    for (int *p = values; p < end; p++) // safe: pointer-comparison, pointer-arithmetic
        *p = 7; // imprecise: out-of-bounds-write
    const int *found = find(values, end, __ai_any_int());
    long place = found - values; // safe: pointer-comparison
    __ai_assert(place >= 0 && place <= count); // safe: assertion
    int answer = found < end && *found == 7; // safe: uninitialized-read // imprecise: out-of-bounds-read
    free(values);
    return answer;
}
