// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// As much of a text is copied as there is room for, and a zero behind it.

#include "../ai.h"
#include <stdlib.h>

static size_t copy(char *target, size_t room, const char *source, size_t length)
{
    if (room == 0)
        return 0;
    size_t copied = length < room - 1 ? length : room - 1;
    for (size_t i = 0; i < copied; i++)
        target[i] = source[i]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
    target[copied] = 0; // safe: out-of-bounds-write
    return copied;
}

int main(void)
{
    size_t room = __ai_any_uchar(), length = __ai_any_uchar();
    char *target = malloc(room), *source = calloc(length, 1); // safe: out-of-bounds-write
    if (target && source)
        copy(target, room, source, length);
    free(target);
    free(source);
    return 0;
}
