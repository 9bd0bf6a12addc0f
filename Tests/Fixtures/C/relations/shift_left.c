// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// All elements move one place towards the beginning.

#include "../ai.h"
#include <stdlib.h>

static void shift(int *values, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++)
        values[i] = values[i + 1]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
}

int main(void)
{
    size_t count = __ai_any_uchar();
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    shift(values, count);
    free(values);
    return 0;
}
