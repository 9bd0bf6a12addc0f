// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A header in front of the user's bytes, and a release function that steps back to it.

#include <stdlib.h>

struct header {
    unsigned long size;
};

static void *get(unsigned long size)
{
    struct header *header = malloc(sizeof *header + size);
    if (!header)
        return NULL;
    header->size = size; // safe: out-of-bounds-write, null-dereference
    return header + 1; // safe: pointer-arithmetic
}

static void release(void *block)
{
    if (block)
        free((struct header *)block - 1); // safe: invalid-free, pointer-arithmetic
}

int main(void)
{
    char *text = get(10);
    if (text)
        text[9] = 0; // safe: out-of-bounds-write
    release(text);
    return 0;
}
