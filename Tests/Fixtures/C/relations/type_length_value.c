// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Records of a type, a length and as many bytes: each length is held against what is left behind its own byte.

#include "../ai.h"
#include <stdlib.h>

static int find_record(const unsigned char *data, size_t size, unsigned type, size_t *at, size_t *length)
{
    size_t position = 0;
    while (size - position >= 2) {
        size_t body = data[position + 1]; // safe: out-of-bounds-read, uninitialized-read
        if (body > size - position - 2)
            return 0;
        if (data[position] == type) { // safe: out-of-bounds-read, uninitialized-read
            *at = position + 2;
            *length = body;
            return 1;
        }
        position += 2 + body;
        __ai_assert(position <= size); // safe: assertion
    }
    return 0;
}

int main(void)
{
    size_t size = __ai_any_uchar(), at, length;
    unsigned sum = 0;
    unsigned char *data = calloc(size, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    __ai_any_bytes(data, size); // safe: out-of-bounds-write
    if (find_record(data, size, 7, &at, &length)) {
        for (size_t i = 0; i < length; i++) // safe: uninitialized-read
            sum += data[at + i]; // safe: uninitialized-read // imprecise: out-of-bounds-read
    }
    free(data);
    return sum == 1;
}
