// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// memchr finds the end of each line between the start of the line and the end of the text.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    size_t length = __ai_any_uchar();
    char *text = malloc(length);
    if (!text)
        return 1;
    __ai_any_bytes(text, length); // safe: out-of-bounds-write
    const char *line = text, *end = text + length; // safe: pointer-arithmetic
    size_t longest = 0;
    while (line < end) { // safe: pointer-comparison
        const char *stop = memchr(line, '\n', (size_t)(end - line)); // safe: pointer-comparison, pointer-arithmetic, uninitialized-read, out-of-bounds-read
        if (!stop)
            stop = end;
        if ((size_t)(stop - line) > longest) // safe: pointer-comparison
            longest = (size_t)(stop - line);
        if (stop == end)
            break;
        line = stop + 1; // imprecise: pointer-arithmetic
    }
    __ai_assert(longest <= length); // imprecise: assertion
    free(text);
    return 0;
}
