// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two pointers into a block walk towards each other and swap what they pass.

#include "../ai.h"
#include <stdlib.h>

static void reverse(char *begin, char *end)
{
    while (begin < end) { // safe: pointer-comparison
        end--; // safe: pointer-arithmetic
        char kept = *begin; // safe: out-of-bounds-read, uninitialized-read
        *begin = *end; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
        *end = kept; // safe: out-of-bounds-write
        begin++; // safe: pointer-arithmetic
    }
}

int main(void)
{
    size_t length = __ai_any_uchar(), turn = __ai_any_uchar();
    char *text = calloc(length, 1); // safe: out-of-bounds-write
    if (!text || turn > length)
        return 1;
    reverse(text, text + turn); // safe: pointer-arithmetic
    reverse(text + turn, text + length); // safe: pointer-arithmetic
    reverse(text, text + length); // safe: pointer-arithmetic
    free(text);
    return 0;
}
