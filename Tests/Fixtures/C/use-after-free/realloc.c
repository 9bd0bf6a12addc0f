// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Everything goes through the pointer that realloc returned.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char *text = malloc(4);
    if (!text)
        return 1;
    text[0] = __ai_any_char();
    char *longer = realloc(text, 4000);
    if (!longer) {
        free(text); // imprecise: invalid-free
        return 1;
    }
    longer[3999] = 0; // safe: use-after-free, out-of-bounds-write, null-dereference
    char first = longer[0]; // safe: use-after-free, uninitialized-read
    free(longer); // safe: invalid-free
    return first == 'x';
}
