// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A second pointer moves; the first one is freed.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char *text = calloc(8, 1);
    if (!text)
        return 1;
    text[0] = __ai_any_char();
    char *first = text;
    if (*first == ' ') // safe: uninitialized-read, out-of-bounds-read
        first++; // safe: pointer-arithmetic
    free(text); // safe: invalid-free
    return 0;
}
