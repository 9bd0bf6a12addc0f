// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Of the index only its least value is checked, and the block may have any size: what lies below stays as it was.
// witness: 64, 0, 100, 0

#include "../ai.h"
#include <stdlib.h>

static int other[4];

int main(void)
{
    unsigned long size = __ai_any_ulong();
    if (size < 64)
        return 1;
    int *block = malloc(size);
    if (!block)
        return 1;
    for (int k = 0; k < 12; k++)
        block[k] = 1;
    while (__ai_any_int())
        ;
    unsigned long index = __ai_any_ulong();
    if (index < 4)
        return 1;
    int third = 5 / (1 + block[2]); // safe: division-by-zero, uninitialized-read
    block[index] = 3; // bug: out-of-bounds-write
    other[2] = 1;
    other[__ai_any_int() & 3] = 4;
    third += 5 / (1 + other[2]); // safe: division-by-zero, uninitialized-read
    free(block);
    return third;
}
