// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array of symbolic size is reversed in place: i runs up to the middle, and its mirror image runs down to it.

#include "../ai.h"
#include <stdlib.h>

static void reverse(int *values, int count)
{
    for (int i = 0; i < count / 2; i++) {
        int mirrored = count - 1 - i; // safe: signed-overflow
        int kept = values[i]; // safe: uninitialized-read, out-of-bounds-read
        values[i] = values[mirrored]; // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
        values[mirrored] = kept; // safe: out-of-bounds-write
    }
}

int main(void)
{
    int count = __ai_any_uchar();
    int *values = calloc((size_t)count + 1, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    for (int i = 0; i < count; i++)
        values[i] = i; // safe: out-of-bounds-write
    reverse(values, count);
    free(values);
    return 0;
}
