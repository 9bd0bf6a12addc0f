// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The old pointer is used after realloc moved the block.
// witness: 9

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
    char first = text[0]; // bug: use-after-free
    free(longer);
    return first;
}
