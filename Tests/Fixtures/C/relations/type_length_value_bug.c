// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a record is held against what is left behind its type, not behind its length.
// witness: 3
// bytes: 070200

#include "../ai.h"
#include <stdlib.h>

static unsigned sum_of_records(const unsigned char *data, size_t size)
{
    unsigned sum = 0;
    size_t position = 0;
    while (size - position >= 2) {
        size_t body = data[position + 1]; // safe: uninitialized-read, out-of-bounds-read
        if (body > size - position - 1)
            break;
        position += 2;
        for (; body > 0; body--)
            sum += data[position++]; // bug: out-of-bounds-read // safe: uninitialized-read
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
    unsigned sum = sum_of_records(data, size);
    free(data);
    return sum == 1;
}
