// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The first part of an array is set by one loop, the rest by another; all below the count is read.

#include "../ai.h"

int main(void)
{
    unsigned char page[2048];
    unsigned used = __ai_any_uint(), size = __ai_any_uint(), sum = 0;
    if (size > sizeof page || used > size)
        return 1;
    for (unsigned i = 0; i < used; i++)
        page[i] = __ai_any_uchar(); // safe: out-of-bounds-write
    for (unsigned i = used; i < size; i++)
        page[i] = 0xff; // safe: out-of-bounds-write
    for (unsigned i = 0; i < size; i++)
        sum += page[i]; // safe: out-of-bounds-read, uninitialized-read
    return sum == 0;
}
