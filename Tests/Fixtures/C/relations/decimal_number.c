// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A number is parsed as long as there are digits below the length; the position moves for the caller.

#include "../ai.h"
#include <stdlib.h>

static int parse(const unsigned char *text, size_t length, size_t *position, unsigned *value)
{
    size_t i = *position;
    *value = 0;
    while (i < length && text[i] >= '0' && text[i] <= '9') // safe: out-of-bounds-read, uninitialized-read
        *value = *value * 10 + (text[i++] - '0'); // safe: out-of-bounds-read, uninitialized-read
    int found = i > *position;
    *position = i;
    return found;
}

int main(void)
{
    size_t length = __ai_any_ushort(), position = 0;
    unsigned char *text = calloc(length, 1); // safe: out-of-bounds-write
    if (!text)
        return 1;
    __ai_any_bytes(text, length); // safe: out-of-bounds-write
    unsigned value, sum = 0;
    while (parse(text, length, &position, &value)) {
        sum += value;
        __ai_assert(position <= length); // imprecise: assertion
        if (position == length || text[position] != ',') // safe: out-of-bounds-read, uninitialized-read
            break;
        position++;
    }
    free(text);
    return sum == 3;
}
