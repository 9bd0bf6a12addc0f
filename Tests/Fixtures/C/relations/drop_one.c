// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The element at an index is overwritten by those behind it.

#include "../ai.h"
#include <stdlib.h>

static unsigned drop(int *values, unsigned count, unsigned at)
{
    if (at >= count)
        return count;
    for (unsigned i = at + 1; i < count; i++)
        values[i - 1] = values[i]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
    return count - 1;
}

int main(void)
{
    unsigned count = __ai_any_uchar();
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    unsigned left = drop(values, count, __ai_any_uint());
    __ai_assert(left <= count); // safe: assertion
    int answer = left > 0 ? values[left - 1] : 0; // safe: out-of-bounds-read, uninitialized-read
    free(values);
    return answer;
}
