// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two pointers into a block walk towards each other and swap what they pass.

#include "../ai.h"
#include <stdlib.h>

static void reverse(char *begin, char *end)
{
    while (begin < end) { // safe: pointer-comparison
        end--; // imprecise: pointer-arithmetic
        char kept = *begin; // imprecise: out-of-bounds-read, uninitialized-read
        *begin = *end; // imprecise: out-of-bounds-read, out-of-bounds-write, uninitialized-read
        *end = kept; // imprecise: out-of-bounds-write
        begin++; // imprecise: pointer-arithmetic
    }
}

int main(void)
{
    size_t length = __ai_any_ushort(), turn = __ai_any_ushort();
    char *text = calloc(length, 1); // imprecise: out-of-bounds-write
    if (!text || turn > length)
        return 1;
    reverse(text, text + turn); // imprecise: pointer-arithmetic
    reverse(text + turn, text + length); // imprecise: pointer-arithmetic
    reverse(text, text + length); // imprecise: pointer-arithmetic
    free(text);
    return 0;
}
