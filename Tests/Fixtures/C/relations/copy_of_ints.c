// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two arrays of one symbolic length: one is filled, then copied to the other.

#include "../ai.h"
#include <stdlib.h>

static void copy(int *target, const int *source, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        target[i] = source[i]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
}

int main(void)
{
    unsigned count = __ai_any_ushort();
    int *source = malloc(count * sizeof *source), *target = malloc(count * sizeof *target);
    if (source && target) {
        for (unsigned i = 0; i < count; i++)
            source[i] = (int)i; // safe: out-of-bounds-write
        copy(target, source, count);
    }
    free(source);
    free(target);
    return 0;
}
