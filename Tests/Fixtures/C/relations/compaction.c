// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Zeros are removed in place: the place of writing is never behind the place of reading.

#include "../ai.h"
#include <stdlib.h>

static size_t remove_zeros(int *values, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        __ai_assert(kept <= i); // safe: assertion
        if (values[i] != 0) // safe: uninitialized-read, out-of-bounds-read
            values[kept++] = values[i]; // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
    }
    return kept;
}

int main(void)
{
    size_t count = __ai_any_uchar();
    int *values = calloc(count + 1, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    __ai_any_bytes(values, count * sizeof *values); // safe: out-of-bounds-write
    size_t kept = remove_zeros(values, count);
    while (kept < count)
        values[kept++] = -1; // safe: out-of-bounds-write
    free(values);
    return 0;
}
