// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A buffer and its length travel in one structure.

#include "../ai.h"
#include <stdlib.h>

struct buffer {
    unsigned char *data;
    size_t length;
};

static void fill(struct buffer buffer, unsigned char byte)
{
    for (size_t i = 0; i < buffer.length; i++)
        buffer.data[i] = byte; // imprecise: out-of-bounds-write
}

int main(void)
{
    struct buffer buffer;
    buffer.length = __ai_any_ushort();
    buffer.data = malloc(buffer.length);
    if (!buffer.data)
        return 1;
    fill(buffer, 3);
    free(buffer.data);
    return 0;
}
