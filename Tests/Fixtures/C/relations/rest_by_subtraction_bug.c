// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What is needed is subtracted from the size, which may be smaller: the difference wraps, and the test is passed.
// witness: 2, 0

#include "../ai.h"
#include <stdlib.h>

static unsigned word_at(const unsigned char *data, size_t size, size_t i)
{
    if (i > size - 4)
        return 0;
    return data[i] | data[i + 1] << 8 | data[i + 2] << 16 | (unsigned)data[i + 3] << 24; // bug: out-of-bounds-read // safe: uninitialized-read
}

int main(void)
{
    size_t size = __ai_any_ushort(), i = __ai_any_ushort();
    unsigned char *data = calloc(size, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    unsigned word = word_at(data, size, i);
    free(data);
    return word == 1;
}
