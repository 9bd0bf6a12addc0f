// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A position moves over blanks, but not behind the text.

#include "../ai.h"
#include <stdlib.h>

static size_t skip(const char *text, size_t length, size_t position)
{
    while (position < length && text[position] == ' ') // safe: out-of-bounds-read, uninitialized-read
        position++;
    return position;
}

int main(void)
{
    size_t length = __ai_any_ushort();
    char *text = malloc(length);
    if (!text)
        return 1;
    __ai_any_bytes(text, length); // safe: out-of-bounds-write
    size_t position = skip(text, length, 0);
    int answer = position < length && text[position] == '#'; // safe: out-of-bounds-read, uninitialized-read
    free(text);
    return answer;
}
