// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A long input goes through a small buffer: each part is the least of what is left and of the buffer's size.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static unsigned digest(const unsigned char *data, size_t length)
{
    unsigned char block[64];
    unsigned sum = 0;
    size_t done = 0;
    while (done < length) {
        size_t part = length - done;
        if (part > sizeof block)
            part = sizeof block;
        memcpy(block, data + done, part); // safe: out-of-bounds-write, pointer-arithmetic // imprecise: out-of-bounds-read
        for (size_t i = 0; i < part; i++)
            sum = sum * 17 + block[i]; // safe: out-of-bounds-read, uninitialized-read
        done += part;
    }
    __ai_assert(done == length); // imprecise: assertion
    return sum;
}

int main(void)
{
    size_t length = __ai_any_uchar();
    unsigned char *data = calloc(length, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    unsigned sum = digest(data, length);
    free(data);
    return sum == 7;
}
