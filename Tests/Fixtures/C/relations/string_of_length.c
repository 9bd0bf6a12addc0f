// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A string of a symbolic length is made and measured by hand.

#include "../ai.h"
#include <stdlib.h>

static char *repeat(char c, size_t length)
{
    char *text = malloc(length + 1);
    if (!text)
        return NULL;
    for (size_t i = 0; i < length; i++)
        text[i] = c; // safe: out-of-bounds-write
    text[length] = 0; // safe: out-of-bounds-write
    return text;
}

int main(void)
{
    size_t length = __ai_any_ushort();
    char *text = repeat('x', length);
    if (!text)
        return 1;
    unsigned count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == 'x'; // safe: out-of-bounds-read, uninitialized-read
    free(text);
    return count == 7;
}
