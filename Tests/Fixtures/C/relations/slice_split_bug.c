// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Of a slice that is split in two, the second half keeps the length of the whole.
// witness: 6, 4

#include "../ai.h"
#include <stdlib.h>

struct slice {
    const unsigned char *data;
    size_t length;
};

static struct slice behind(struct slice whole, size_t at)
{
    struct slice rest = whole;
    if (at <= whole.length)
        rest.data += at; // imprecise: pointer-arithmetic
    return rest;
}

int main(void)
{
    size_t length = __ai_any_uchar();
    unsigned char *data = calloc(length, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    struct slice rest = behind((struct slice){data, length}, __ai_any_uchar());
    unsigned sum = 0;
    for (size_t i = 0; i < rest.length; i++)
        sum += rest.data[i]; // bug: out-of-bounds-read // safe: uninitialized-read
    free(data);
    return sum == 0;
}
