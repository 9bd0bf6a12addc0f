// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Whole blocks of eight bytes first, then what is left.

#include "../ai.h"
#include <stdlib.h>

static unsigned sum(const unsigned char *data, size_t size)
{
    unsigned sum = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8)
        sum += data[i] + data[i + 7]; // safe: out-of-bounds-read, uninitialized-read
    for (; i < size; i++)
        sum += data[i]; // safe: out-of-bounds-read, uninitialized-read
    return sum;
}

int main(void)
{
    size_t size = __ai_any_ushort();
    unsigned char *data = calloc(size, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    unsigned answer = sum(data, size);
    free(data);
    return answer == 3;
}
