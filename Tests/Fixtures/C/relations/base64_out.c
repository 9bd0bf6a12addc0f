// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Four characters are written for each started group of three bytes: the block has room for as many groups.

#include "../ai.h"
#include <stdlib.h>

static size_t encode(char *out, const unsigned char *in, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t o = 0;
    for (size_t i = 0; i < length; i += 3) {
        unsigned group = (unsigned)in[i] << 16; // safe: out-of-bounds-read, uninitialized-read
        if (i + 1 < length)
            group |= (unsigned)in[i + 1] << 8; // safe: out-of-bounds-read, uninitialized-read
        if (i + 2 < length)
            group |= in[i + 2]; // safe: out-of-bounds-read, uninitialized-read
        out[o++] = digits[group >> 18]; // safe: out-of-bounds-read // imprecise: out-of-bounds-write
        out[o++] = digits[group >> 12 & 63]; // imprecise: out-of-bounds-write
        out[o++] = i + 1 < length ? digits[group >> 6 & 63] : '='; // imprecise: out-of-bounds-write
        out[o++] = i + 2 < length ? digits[group & 63] : '='; // imprecise: out-of-bounds-write
    }
    out[o] = 0; // imprecise: out-of-bounds-write
    return o;
}

int main(void)
{
    size_t length = __ai_any_uchar();
    unsigned char *in = calloc(length, 1); // safe: out-of-bounds-write
    char *out = malloc((length + 2) / 3 * 4 + 1);
    if (in && out) {
        size_t written = encode(out, in, length);
        __ai_assert(written >= length); // safe: assertion
    }
    free(out);
    free(in);
    return 0;
}
