// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The table of a text search: the border of a beginning is shorter than it, and each entry is below its index.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int length = __ai_any_uchar();
    char *word = malloc(length);
    int *border = malloc((length + 1) * sizeof *border);
    if (word && border) {
        __ai_any_bytes(word, length); // safe: out-of-bounds-write
        int k = -1;
        border[0] = -1; // safe: out-of-bounds-write
        for (int i = 0; i < length; i++) {
            while (k >= 0 && word[k] != word[i]) // safe: uninitialized-read // imprecise: out-of-bounds-read
                k = border[k]; // safe: out-of-bounds-read // imprecise: uninitialized-read
            k++; // safe: signed-overflow
            __ai_assert(k <= i); // imprecise: assertion
            border[i + 1] = k; // safe: out-of-bounds-write
        }
    }
    free(border);
    free(word);
    return 0;
}
