// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A header in front of the user's bytes: the user frees the wrong address.
// witness:

#include <stdlib.h>

struct header {
    unsigned long size;
};

static void *get(unsigned long size)
{
    struct header *header = malloc(sizeof *header + size);
    if (!header)
        return NULL;
    header->size = size;
    return header + 1;
}

int main(void)
{
    char *text = get(10);
    if (text)
        text[9] = 0;
    free(text); // bug: invalid-free
    return 0;
}
