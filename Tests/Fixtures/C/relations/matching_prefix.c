// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// How far two texts of different lengths agree.

#include "../ai.h"
#include <stdlib.h>

static size_t agree(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t shorter = a_length < b_length ? a_length : b_length, i = 0;
    while (i < shorter && a[i] == b[i]) // safe: out-of-bounds-read, uninitialized-read
        i++;
    return i;
}

int main(void)
{
    size_t a_length = __ai_any_ushort(), b_length = __ai_any_ushort();
    char *a = calloc(a_length, 1), *b = calloc(b_length, 1); // safe: out-of-bounds-write
    size_t agreed = 0;
    if (a && b) {
        agreed = agree(a, a_length, b, b_length);
        __ai_assert(agreed <= a_length && agreed <= b_length); // safe: assertion
    }
    free(a);
    free(b);
    return agreed == 2;
}
