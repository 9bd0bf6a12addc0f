// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array is filled from its last element to its first, by a count that is tested and lowered at once.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t count = __ai_any_uchar();
    int *values = malloc((count + 1) * sizeof *values);
    if (!values)
        return 1;
    size_t left = count;
    while (left > 0) {
        left--;
        values[left] = (int)left; // safe: out-of-bounds-write
    }
    free(values);
    return 0;
}
