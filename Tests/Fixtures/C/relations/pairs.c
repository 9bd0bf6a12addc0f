// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Elements in pairs: the index of the second one is tested, and so the first one is inside too.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int count = __ai_any_uchar(), swapped = 0;
    short *samples = calloc((size_t)count + 1, sizeof *samples); // safe: out-of-bounds-write
    if (!samples)
        return 1;
    for (int i = 0; i + 1 < count; i += 2) { // safe: signed-overflow
        short first = samples[i]; // safe: out-of-bounds-read, uninitialized-read
        samples[i] = samples[i + 1]; // safe: out-of-bounds-write, out-of-bounds-read, uninitialized-read
        samples[i + 1] = first; // safe: out-of-bounds-write
        swapped += 2; // safe: signed-overflow
    }
    __ai_assert(swapped <= count); // safe: assertion
    free(samples);
    return 0;
}
