// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function writes the first part of an array and one element; another path has written a part of an element.

#include "../ai.h"

static int place = -1;
static int table[8] = {0, 8};
static unsigned char bytes[16];

static int change(int count)
{
    __ai_any_bytes(table, ((unsigned)count % 9) * 4); // safe: out-of-bounds-write
    table[(unsigned)place % 8] = bytes[(unsigned)count % 16]; // safe: out-of-bounds-write, out-of-bounds-read
    return 0;
}

int main(void)
{
    int start = __ai_any_int();
    if (start > 3)
        *(short *)(table + (unsigned)start % 8) = bytes[15]; // safe: out-of-bounds-write
    bytes[start & 15] = (unsigned char)change(2); // safe: out-of-bounds-write
    if (table[5]) // safe: uninitialized-read
        return 1;
    return 0;
}
