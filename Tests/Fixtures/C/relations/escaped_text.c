// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A text is quoted: a character may need two, and there is always room for them, the closing quote and the terminator.

#include "../ai.h"

static unsigned quote(char *out, unsigned size, const char *text, unsigned length)
{
    unsigned o = 0;
    if (size < 3)
        return 0;
    out[o++] = '"'; // safe: out-of-bounds-write
    for (unsigned i = 0; i < length && o + 4 <= size; i++) {
        if (text[i] == '"' || text[i] == '\\') // safe: out-of-bounds-read
            out[o++] = '\\'; // safe: out-of-bounds-write
        out[o++] = text[i]; // safe: out-of-bounds-read, out-of-bounds-write
        __ai_assert(o + 2 <= size); // imprecise: assertion
    }
    out[o++] = '"'; // safe: out-of-bounds-write
    out[o] = 0; // safe: out-of-bounds-write
    return o;
}

int main(void)
{
    char text[100], out[150];
    __ai_any_bytes(text, sizeof text);
    unsigned length = __ai_any_uint(), size = __ai_any_uint();
    if (length > sizeof text)
        length = sizeof text;
    if (size > sizeof out)
        size = sizeof out;
    unsigned written = quote(out, size, text, length);
    __ai_assert(written == 0 || written < size); // imprecise: assertion
    return 0;
}
