// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copy of a string gets as many bytes as strlen answers, and no room for the terminator.
// witness: 4
// bytes: 41414141

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    size_t size = __ai_any_ushort();
    char *text = calloc(size + 1, 1); // safe: out-of-bounds-write
    if (!text)
        return 1;
    __ai_any_bytes(text, size); // safe: out-of-bounds-write
    size_t length = strlen(text); // safe: uninitialized-read // imprecise: out-of-bounds-read
    char *copy = malloc(length);
    if (!copy)
        return 1;
    for (size_t i = 0; i <= length; i++)
        copy[i] = text[i]; // bug: out-of-bounds-write // safe: uninitialized-read // imprecise: out-of-bounds-read
    free(copy);
    free(text);
    return 0;
}
