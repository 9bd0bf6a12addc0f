// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The pointer was moved over leading blanks before it is freed.
// witness: 32

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char *text = calloc(8, 1);
    if (!text)
        return 1;
    text[0] = __ai_any_char();
    while (*text == ' ') // safe: uninitialized-read, out-of-bounds-read
        text++; // safe: pointer-arithmetic
    free(text); // bug: invalid-free
    return 0;
}
