// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What lies below the length that strlen answers is inside, and so is the terminator at that length.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static void fold_case(char *text)
{
    size_t length = strlen(text); // safe: uninitialized-read // imprecise: out-of-bounds-read
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z') // safe: uninitialized-read // imprecise: out-of-bounds-read
            text[i] = (char)(text[i] - 'A' + 'a'); // safe: uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
    }
    __ai_assert(text[length] == 0); // safe: uninitialized-read // imprecise: out-of-bounds-read, assertion
}

int main(void)
{
    size_t size = __ai_any_ushort();
    char *text = calloc(size + 1, 1); // safe: out-of-bounds-write
    if (!text)
        return 1;
    __ai_any_bytes(text, size); // safe: out-of-bounds-write
    fold_case(text);
    char *copy = malloc(strlen(text) + 1); // safe: uninitialized-read // imprecise: out-of-bounds-read
    if (copy)
        strcpy(copy, text); // safe: uninitialized-read // imprecise: out-of-bounds-write, out-of-bounds-read
    free(copy);
    free(text);
    return 0;
}
