// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two sorted arrays are merged: what was written is as long as what was read of both.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t m = __ai_any_uchar(), n = __ai_any_uchar();
    int *left = calloc(m + 1, sizeof *left), *right = calloc(n + 1, sizeof *right); // safe: out-of-bounds-write
    int *both = malloc((m + n) * sizeof *both);
    if (left && right && both) {
        size_t i = 0, j = 0, k = 0;
        while (i < m && j < n) {
            if (left[i] <= right[j]) // safe: out-of-bounds-read, uninitialized-read
                both[k++] = left[i++]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
            else
                both[k++] = right[j++]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
        }
        while (i < m)
            both[k++] = left[i++]; // safe: out-of-bounds-write, out-of-bounds-read, uninitialized-read
        while (j < n)
            both[k++] = right[j++]; // safe: out-of-bounds-read, uninitialized-read // imprecise: out-of-bounds-write
        __ai_assert(k == m + n); // imprecise: assertion
    }
    free(both);
    free(right);
    free(left);
    return 0;
}
