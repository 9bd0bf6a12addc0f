// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length is limited by the size of the buffer, and the terminator goes behind as many characters.
// witness: 500

#include "../ai.h"
#include <string.h>

static const char source[1000];

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

int main(void)
{
    char text[40] = {0};
    size_t length = __ai_any_ushort();
    if (length > sizeof source)
        return 1;
    size_t copied = least(length, sizeof text);
    memcpy(text, source, copied); // safe: out-of-bounds-read, out-of-bounds-write
    text[copied] = 0; // bug: out-of-bounds-write
    return text[0] == 'x';
}
