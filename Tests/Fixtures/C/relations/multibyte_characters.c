// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A first byte says how many follow: the character is taken only if all of them are there.

#include "../ai.h"
#include <stdlib.h>

static int decode(const unsigned char *p, const unsigned char *end, unsigned *character)
{
    if (p >= end) // safe: pointer-comparison
        return 0;
    int following = *p < 0x80 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3; // safe: out-of-bounds-read, uninitialized-read
    if (end - p <= following) // safe: pointer-comparison
        return 0;
    unsigned value = *p & (0x7fu >> following); // safe: invalid-shift, out-of-bounds-read, uninitialized-read
    for (int i = 1; i <= following; i++)
        value = value << 6 | (p[i] & 63u); // safe: uninitialized-read, out-of-bounds-read
    *character = value;
    return following + 1;
}

int main(void)
{
    size_t length = __ai_any_uchar();
    unsigned char *text = malloc(length);
    if (!text)
        return 1;
    __ai_any_bytes(text, length); // safe: out-of-bounds-write
    const unsigned char *p = text, *end = text + length; // safe: pointer-arithmetic
    unsigned character = 0, count = 0;
    int size;
    while ((size = decode(p, end, &character)) > 0) {
        p += size; // safe: pointer-arithmetic
        count++;
    }
    __ai_assert(count <= length); // safe: assertion
    free(text);
    return character == 65;
}
