// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two indices walk towards each other in a buffer of symbolic size.

#include "../ai.h"
#include <stdlib.h>

static int is_palindrome(const char *text, int length)
{
    int first = 0, last = length - 1;
    while (first < last) {
        if (text[first] != text[last]) // safe: out-of-bounds-read, uninitialized-read
            return 0;
        first++;
        last--;
    }
    return 1;
}

int main(void)
{
    int length = __ai_any_uchar();
    char *text = malloc((size_t)length + 1);
    if (!text)
        return 1;
    for (int i = 0; i < length; i++)
        text[i] = 'a'; // safe: out-of-bounds-write
    int answer = is_palindrome(text, length);
    free(text);
    return answer;
}
