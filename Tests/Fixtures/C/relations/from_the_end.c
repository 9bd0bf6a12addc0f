// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An unsigned index runs from the count down to zero: it is tested before it is decreased.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t count = __ai_any_uchar();
    unsigned *values = malloc(count * sizeof *values);
    if (!values)
        return 1;
    for (size_t i = count; i-- > 0;)
        values[i] = (unsigned)(count - i); // safe: out-of-bounds-write
    unsigned sum = 0;
    for (size_t i = count; i > 0; i--)
        sum += values[i - 1]; // safe: out-of-bounds-read // imprecise: uninitialized-read
    free(values);
    return sum > 1000;
}
