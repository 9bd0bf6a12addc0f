// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// There is a test for one byte, and two are written.
// witness: 3, 1, 7, 1, 8

#include "../ai.h"
#include <stdlib.h>

static int put_word(unsigned char *out, size_t size, size_t *position, unsigned value)
{
    if (*position >= size)
        return 0;
    out[(*position)++] = (unsigned char)(value >> 8); // safe: out-of-bounds-write
    out[(*position)++] = (unsigned char)value; // bug: out-of-bounds-write
    return 1;
}

int main(void)
{
    size_t size = __ai_any_ushort(), position = 0;
    unsigned char *out = malloc(size);
    if (!out)
        return 1;
    while (__ai_any_bool() && put_word(out, size, &position, __ai_any_ushort()))
        ;
    free(out);
    return 0;
}
