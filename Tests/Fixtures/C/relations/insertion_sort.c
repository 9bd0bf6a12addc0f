// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Insertion sort: the hole is at most the element that is being inserted, which is below the count.

#include "../ai.h"
#include <stdlib.h>

static void sort(int *values, size_t count)
{
    for (size_t next = 1; next < count; next++) {
        int value = values[next]; // safe: uninitialized-read, out-of-bounds-read
        size_t hole = next;
        while (hole > 0 && values[hole - 1] > value) { // safe: uninitialized-read, out-of-bounds-read
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
    int smallest = values[0]; // safe: out-of-bounds-read, uninitialized-read
    free(values);
    return smallest == 0;
}
