// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Records of different length: what is left is a difference, which never wraps, and is compared with what is needed.

#include "../ai.h"
#include <stdlib.h>

static unsigned decode(const unsigned char *data, size_t size)
{
    unsigned sum = 0;
    size_t i = 0;
    while (i < size) {
        size_t need = (data[i] & 3) + 1u; // safe: out-of-bounds-read, uninitialized-read
        if (size - i < need)
            break;
        for (size_t k = 0; k < need; k++)
            sum += data[i + k]; // safe: uninitialized-read, out-of-bounds-read
        i += need;
    }
    return sum;
}

int main(void)
{
    size_t size = __ai_any_uchar();
    unsigned char *data = calloc(size, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    __ai_any_bytes(data, size); // safe: out-of-bounds-write
    unsigned sum = decode(data, size);
    free(data);
    return sum == 1;
}
