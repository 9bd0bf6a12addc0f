// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A tokenizer: the position is tested before each character, and a token begins where the last one ended.

#include "../ai.h"
#include <stdlib.h>

struct scanner {
    const char *text;
    unsigned position, length;
};

static unsigned next_word(struct scanner *scanner, unsigned *start)
{
    while (scanner->position < scanner->length && scanner->text[scanner->position] == ' ') // safe: uninitialized-read // imprecise: out-of-bounds-read
        scanner->position++;
    *start = scanner->position;
    while (scanner->position < scanner->length && scanner->text[scanner->position] > ' ') // safe: uninitialized-read // imprecise: out-of-bounds-read
        scanner->position++;
    return scanner->position - *start;
}

int main(void)
{
    unsigned length = __ai_any_ushort(), start, longest = 0;
    char *text = calloc(length, 1); // safe: out-of-bounds-write
    if (!text)
        return 1;
    __ai_any_bytes(text, length); // safe: out-of-bounds-write
    struct scanner scanner = {text, 0, length};
    unsigned size;
    while ((size = next_word(&scanner, &start)) > 0) {
        __ai_assert(start + size <= length); // imprecise: assertion
        if (size > longest && text[start + size - 1] != '.') // safe: out-of-bounds-read, uninitialized-read
            longest = size;
    }
    __ai_assert(longest <= length); // imprecise: assertion
    free(text);
    return 0;
}
