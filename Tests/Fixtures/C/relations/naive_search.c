// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A word is searched in a text: wherever it may start, all of it lies inside.

#include "../ai.h"
#include <stdlib.h>

static long search(const char *text, long length, const char *word, long size)
{
    for (long start = 0; start + size <= length; start++) { // safe: signed-overflow
        long matched = 0;
        while (matched < size && text[start + matched] == word[matched]) // safe: signed-overflow, out-of-bounds-read, uninitialized-read
            matched++; // safe: signed-overflow
        if (matched == size)
            return start;
    }
    return -1;
}

int main(void)
{
    char word[16];
    __ai_any_bytes(word, sizeof word);
    long length = __ai_any_uchar(), size = __ai_any_uchar() % 17;
    char *text = calloc(length + 1, 1); // safe: out-of-bounds-write
    if (!text)
        return 1;
    long place = search(text, length, word, size);
    if (place >= 0)
        text[place + size] = 0; // imprecise: out-of-bounds-write
    free(text);
    return 0;
}
