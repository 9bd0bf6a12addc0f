// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A block is made smaller, and its former length is still in use.
// witness: 10, 4

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    size_t length = __ai_any_uchar() + 1u, kept = __ai_any_uchar() + 1u;
    if (kept > length)
        return 1;
    char *text = malloc(length);
    if (!text)
        return 1;
    memset(text, 'a', length); // safe: out-of-bounds-write
    char *smaller = realloc(text, kept); // safe: invalid-free, out-of-bounds-read, out-of-bounds-write
    if (!smaller) {
        free(text); // imprecise: invalid-free
        return 1;
    }
    smaller[length - 1] = 0; // bug: out-of-bounds-write
    free(smaller);
    return 0;
}
