// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What is left is decreased by one byte less than the pointer moves.
// witness: 3

#include "../ai.h"
#include <stdlib.h>

struct reader {
    const unsigned char *next;
    unsigned left;
};

static unsigned take_number(struct reader *reader)
{
    if (reader->left < 2)
        return 0;
    unsigned number = reader->next[0] | reader->next[1] << 8; // bug: out-of-bounds-read // safe: uninitialized-read
    reader->next += 2; // imprecise: pointer-arithmetic
    reader->left -= 1;
    return number;
}

int main(void)
{
    unsigned length = __ai_any_ushort();
    unsigned char *data = calloc(length, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    struct reader reader = {data, length};
    unsigned sum = 0;
    for (int i = 0; i < 4; i++)
        sum += take_number(&reader);
    free(data);
    return sum == 4;
}
