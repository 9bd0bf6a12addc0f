// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A reader is a pointer and what is left behind it: what is taken changes both by the same number.

#include "../ai.h"
#include <stdlib.h>

struct reader {
    const unsigned char *next;
    unsigned left;
};

static const unsigned char *take(struct reader *reader, unsigned count)
{
    if (count > reader->left)
        return NULL;
    const unsigned char *taken = reader->next;
    reader->next += count; // imprecise: pointer-arithmetic
    reader->left -= count;
    return taken;
}

static unsigned take_number(struct reader *reader)
{
    const unsigned char *p = take(reader, 2);
    return p ? p[0] << 8 | p[1] : 0; // safe: uninitialized-read // imprecise: out-of-bounds-read
}

int main(void)
{
    unsigned length = __ai_any_ushort();
    unsigned char *data = calloc(length, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    __ai_any_bytes(data, length); // safe: out-of-bounds-write
    struct reader reader = {data, length};
    unsigned sum = 0;
    while (reader.left > 0) {
        unsigned body = take_number(&reader);
        const unsigned char *p = take(&reader, body);
        if (!p)
            break;
        sum += body > 0 ? p[body - 1] : 1; // safe: uninitialized-read // imprecise: out-of-bounds-read
        if (reader.left == 1)
            reader.left = 0;
    }
    free(data);
    return sum == 4;
}
