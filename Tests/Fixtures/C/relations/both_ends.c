// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two indices approach each other from both ends of a text, and meet; it is a palindrome if they never differ.

#include "../ai.h"
#include <stdlib.h>

static int is_palindrome(const unsigned char *text, size_t length)
{
    size_t front = 0, back = length;
    while (front < back) {
        back--;
        if (text[front] != text[back]) // safe: out-of-bounds-read, uninitialized-read
            return 0;
        front++;
    }
    return 1;
}

int main(void)
{
    size_t length = __ai_any_ushort();
    unsigned char *text = malloc(length);
    if (!text)
        return 1;
    __ai_any_bytes(text, length); // safe: out-of-bounds-write
    int answer = is_palindrome(text, length);
    free(text);
    return answer;
}
