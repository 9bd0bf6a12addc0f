// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The mirror image of the first element is one past the end.
// witness: 2

#include "../ai.h"
#include <stdlib.h>

static void reverse(int *values, int count)
{
    for (int i = 0; i < count / 2; i++) {
        int mirrored = count - i;
        int kept = values[i]; // safe: out-of-bounds-read, uninitialized-read
        values[i] = values[mirrored]; // bug: out-of-bounds-read // safe: out-of-bounds-write, uninitialized-read
        values[mirrored] = kept; // safe: out-of-bounds-write
    }
}

int main(void)
{
    int count = __ai_any_ushort();
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    reverse(values, count);
    free(values);
    return 0;
}
