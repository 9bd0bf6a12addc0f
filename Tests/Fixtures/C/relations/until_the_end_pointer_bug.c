// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A search answers its end when nothing was found; the caller looks at the element there.
// witness: 3, 5

#include "../ai.h"
#include <stdlib.h>

static const int *find(const int *p, const int *end, int wanted)
{
    while (p < end && *p != wanted) // safe: uninitialized-read // imprecise: out-of-bounds-read
        p++; // safe: pointer-arithmetic
    return p;
}

int main(void)
{
    int count = __ai_any_uchar();
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    const int *found = find(values, values + count, __ai_any_int()); // safe: pointer-arithmetic
    int answer = *found == 0; // bug: out-of-bounds-read // safe: uninitialized-read
    free(values);
    return answer;
}
