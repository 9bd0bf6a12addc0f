// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// As much is copied as both sides have: the least of two lengths is at most each of them.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

struct name {
    unsigned char length;
    char text[40];
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

int main(void)
{
    size_t length = __ai_any_ushort();
    char *source = calloc(length, 1); // safe: out-of-bounds-write
    if (!source)
        return 1;
    struct name name = {0};
    size_t copied = least(length, sizeof name.text - 1);
    memcpy(name.text, source, copied); // safe: out-of-bounds-write, out-of-bounds-read
    name.text[copied] = 0; // safe: out-of-bounds-write
    name.length = (unsigned char)copied;
    __ai_assert(name.length <= length); // safe: assertion
    if (name.length > 0)
        name.text[name.length - 1] = source[length - 1]; // safe: out-of-bounds-write, out-of-bounds-read, uninitialized-read
    free(source);
    return 0;
}
