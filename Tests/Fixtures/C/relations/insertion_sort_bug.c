// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The hole goes down to zero without a test, and the element in front of the first one is read.
// witness: 2
// bytes: 0500000003000000

#include "../ai.h"
#include <stdlib.h>

static void sort(int *values, size_t count)
{
    for (size_t next = 1; next < count; next++) {
        int value = values[next]; // safe: uninitialized-read, out-of-bounds-read
        size_t hole = next;
        while (values[hole - 1] > value) { // bug: out-of-bounds-read // safe: uninitialized-read
            values[hole] = values[hole - 1]; // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
            hole--;
        }
        values[hole] = value; // safe: out-of-bounds-write
    }
}

int main(void)
{
    unsigned count = __ai_any_uint();
    if (count < 1 || count > 300)
        return 1;
    int *values = malloc(count * sizeof *values);
    if (!values)
        return 1;
    __ai_any_bytes(values, count * sizeof *values); // safe: out-of-bounds-write
    sort(values, count);
    free(values);
    return 0;
}
