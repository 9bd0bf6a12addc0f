// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The partition of quicksort: two indices run towards each other and swap what is on the wrong side.

#include "../ai.h"
#include <stdlib.h>

static long partition(int *values, long count, int pivot)
{
    long low = 0, high = count - 1;
    while (low <= high) {
        if (values[low] < pivot) { // safe: uninitialized-read, out-of-bounds-read
            low++; // safe: signed-overflow
            continue;
        }
        int kept = values[low]; // safe: uninitialized-read, out-of-bounds-read
        values[low] = values[high]; // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
        values[high] = kept; // safe: out-of-bounds-write
        high--; // safe: signed-overflow
    }
    return low;
}

int main(void)
{
    long count = __ai_any_uchar();
    int *values = calloc(count + 1, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    __ai_any_bytes(values, count * sizeof *values); // safe: out-of-bounds-write
    long middle = partition(values, count, __ai_any_int());
    __ai_assert(middle >= 0 && middle <= count); // safe: assertion
    values[middle] = 0; // safe: out-of-bounds-write
    free(values);
    return 0;
}
