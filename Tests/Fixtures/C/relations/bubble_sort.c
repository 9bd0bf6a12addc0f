// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bubble sort: each pass ends one element earlier, where the last swap of the pass before it was.

#include "../ai.h"
#include <stdlib.h>

static void sort(int *values, int count)
{
    int end = count;
    while (end > 1) {
        int last_swap = 0;
        for (int i = 1; i < end; i++) { // safe: signed-overflow
            if (values[i - 1] > values[i]) { // safe: uninitialized-read, out-of-bounds-read
                int kept = values[i]; // safe: uninitialized-read, out-of-bounds-read
                values[i] = values[i - 1]; // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
                values[i - 1] = kept; // safe: out-of-bounds-write
                last_swap = i;
            }
        }
        __ai_assert(last_swap < end); // safe: assertion
        end = last_swap;
    }
}

int main(void)
{
    int count = __ai_any_int();
    if (count <= 0 || count >= 200)
        return 1;
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    __ai_any_bytes(values, count * sizeof *values); // safe: out-of-bounds-write
    sort(values, count);
    free(values);
    return 0;
}
