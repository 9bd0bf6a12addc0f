// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A recursion over the halves of a range, which stay inside of it: from <= middle <= to.

#include "../ai.h"
#include <stdlib.h>

static void sort(int *values, int *spare, int from, int to)
{
    if (to - from < 2)
        return;
    int middle = from + (to - from) / 2; // safe: signed-overflow
    sort(values, spare, from, middle);
    sort(values, spare, middle, to);
    int i = from, j = middle;
    for (int k = from; k < to; k++) {
        if (j == to || (i < middle && values[i] <= values[j])) // safe: uninitialized-read // imprecise: out-of-bounds-read
            spare[k] = values[i++]; // safe: signed-overflow, uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
        else
            spare[k] = values[j++]; // safe: signed-overflow, uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
    }
    for (int k = from; k < to; k++)
        values[k] = spare[k]; // imprecise: out-of-bounds-read, out-of-bounds-write, uninitialized-read
}

int main(void)
{
    int count = __ai_any_uchar() % 60;
    int *values = calloc(count, sizeof *values), *spare = malloc(count * sizeof *spare); // safe: out-of-bounds-write
    if (values && spare) {
        __ai_any_bytes(values, count * sizeof *values); // safe: out-of-bounds-write
        sort(values, spare, 0, count);
    }
    free(spare);
    free(values);
    return 0;
}
