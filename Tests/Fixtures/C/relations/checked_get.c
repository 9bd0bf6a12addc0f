// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An accessor checks the index that it is given against the number of elements.

#include "../ai.h"
#include <stdlib.h>

static int get(const int *values, size_t count, size_t index, int otherwise)
{
    return index < count ? values[index] : otherwise; // safe: out-of-bounds-read, uninitialized-read
}

int main(void)
{
    size_t count = __ai_any_uchar();
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    int answer = get(values, count, __ai_any_ulong(), -1);
    free(values);
    return answer;
}
