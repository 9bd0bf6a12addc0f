// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Blanks are cut off at both ends of a text: the end never comes below the start.

#include "../ai.h"
#include <stdlib.h>

static size_t trim(const char **start, size_t length)
{
    const char *begin = *start, *end = begin + length; // imprecise: pointer-arithmetic
    while (begin < end && *begin == ' ') // safe: uninitialized-read // imprecise: out-of-bounds-read
        begin++; // imprecise: pointer-arithmetic
    while (end > begin && end[-1] == ' ') // safe: uninitialized-read // imprecise: out-of-bounds-read
        end--; // imprecise: pointer-arithmetic
    *start = begin;
    return (size_t)(end - begin); // safe: pointer-comparison
}

int main(void)
{
    size_t length = __ai_any_ushort();
    char *text = calloc(length, 1); // safe: out-of-bounds-write
    if (!text)
        return 1;
    __ai_any_bytes(text, length); // safe: out-of-bounds-write
    const char *start = text;
    size_t left = trim(&start, length);
    __ai_assert(left <= length); // safe: assertion
    int first = left > 0 ? start[0] : 0; // safe: uninitialized-read // imprecise: out-of-bounds-read
    int last = left > 0 ? start[left - 1] : 0; // safe: uninitialized-read // imprecise: out-of-bounds-read
    free(text);
    return first == last;
}
