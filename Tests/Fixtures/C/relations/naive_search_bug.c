// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The last start of the search is one too far, so that the word does not lie inside of the text.
// witness: 5, 2
// bytes: 7879

#include "../ai.h"
#include <stdlib.h>

static long search(const char *text, long length, const char *word, long size)
{
    for (long start = 0; start <= length - size + 1; start++) { // safe: signed-overflow
        long matched = 0;
        while (matched < size && text[start + matched] == word[matched]) // bug: out-of-bounds-read // safe: uninitialized-read
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
    if (size > length)
        return 1;
    char *text = malloc(length);
    if (!text)
        return 1;
    for (long i = 0; i < length; i++)
        text[i] = 'x'; // safe: out-of-bounds-write
    long place = search(text, length, word, size);
    free(text);
    return place >= 0;
}
