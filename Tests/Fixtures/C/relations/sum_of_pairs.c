// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A nested loop over all pairs of elements.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned count = __ai_any_uchar(), equal = 0;
    short *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    for (unsigned i = 0; i < count; i++) {
        for (unsigned j = i + 1; j < count; j++)
            equal += values[i] == values[j]; // safe: out-of-bounds-read, uninitialized-read
    }
    free(values);
    return equal > 3;
}
