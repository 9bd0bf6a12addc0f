// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array is rotated by a step that is taken modulo its length, through a second array.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned length = __ai_any_uchar();
    if (length == 0)
        return 1;
    unsigned step = __ai_any_uint() % length; // safe: division-by-zero
    int *from = calloc(length, sizeof *from), *to = malloc(length * sizeof *to); // safe: out-of-bounds-write
    if (from && to) {
        for (unsigned i = 0; i < length - step; i++)
            to[i] = from[i + step]; // safe: out-of-bounds-write, uninitialized-read // imprecise: out-of-bounds-read
        for (unsigned i = length - step; i < length; i++)
            to[i] = from[i - (length - step)]; // safe: out-of-bounds-write, uninitialized-read // imprecise: out-of-bounds-read
        unsigned place = (step + __ai_any_uchar()) % length; // safe: division-by-zero
        from[place] = to[place]; // safe: out-of-bounds-write // imprecise: out-of-bounds-read, uninitialized-read
    }
    free(to);
    free(from);
    return 0;
}
