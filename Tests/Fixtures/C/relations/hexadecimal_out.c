// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two digits are written for each byte, and a terminator behind the last.

#include "../ai.h"
#include <stdlib.h>

static char *to_text(const unsigned char *data, size_t length)
{
    static const char digits[16] = "0123456789abcdef";
    char *text = malloc(2 * length + 1);
    if (!text)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        text[2 * i] = digits[data[i] >> 4]; // safe: out-of-bounds-read, uninitialized-read, out-of-bounds-write
        text[2 * i + 1] = digits[data[i] & 15]; // safe: out-of-bounds-read, uninitialized-read, out-of-bounds-write
    }
    text[2 * length] = 0; // safe: out-of-bounds-write
    return text;
}

int main(void)
{
    size_t length = __ai_any_uchar();
    unsigned char *data = calloc(length, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    __ai_any_bytes(data, length); // safe: out-of-bounds-write
    char *text = to_text(data, length);
    free(text);
    free(data);
    return text != NULL;
}
