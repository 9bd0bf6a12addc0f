// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Sums of each window of a given width, from differences.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t count = __ai_any_uchar(), width = __ai_any_uchar();
    if (width == 0 || width > count)
        return 1;
    unsigned *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    unsigned sum = 0;
    for (size_t i = 0; i < width; i++)
        sum += values[i]; // safe: out-of-bounds-read, uninitialized-read
    for (size_t i = width; i < count; i++)
        sum += values[i] - values[i - width]; // safe: out-of-bounds-read, uninitialized-read
    free(values);
    return sum == 1;
}
