// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A position goes through functions by reference: each moves it forward by what it has written, and never too far.

#include "../ai.h"
#include <stdlib.h>

static int put_byte(unsigned char *out, size_t size, size_t *position, unsigned value)
{
    if (*position >= size)
        return 0;
    out[(*position)++] = (unsigned char)value; // safe: out-of-bounds-write
    return 1;
}

static int put_word(unsigned char *out, size_t size, size_t *position, unsigned value)
{
    size_t start = *position;
    if (put_byte(out, size, position, value >> 8) && put_byte(out, size, position, value))
        return 1;
    *position = start;
    return 0;
}

int main(void)
{
    size_t size = __ai_any_ushort(), position = 0;
    unsigned char *out = malloc(size);
    if (!out)
        return 1;
    unsigned sum = 0;
    while (__ai_any_bool() && put_word(out, size, &position, __ai_any_ushort()))
        __ai_assert(position >= 2 && position <= size); // imprecise: assertion
    for (size_t i = 0; i < position; i++)
        sum += out[i]; // imprecise: out-of-bounds-read, uninitialized-read
    free(out);
    return sum == 9;
}
