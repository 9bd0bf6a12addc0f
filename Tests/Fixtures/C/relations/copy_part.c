// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A part of a message is copied out if it lies inside.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static char *part(const char *message, size_t size, size_t from, size_t length)
{
    if (from > size || length > size - from)
        return NULL;
    char *copy = malloc(length + 1);
    if (copy) {
        memcpy(copy, message + from, length); // safe: out-of-bounds-write, pointer-arithmetic // imprecise: out-of-bounds-read
        copy[length] = 0; // safe: out-of-bounds-write
    }
    return copy;
}

int main(void)
{
    size_t size = __ai_any_ushort();
    char *message = calloc(size, 1); // safe: out-of-bounds-write
    if (!message)
        return 1;
    free(part(message, size, __ai_any_ulong(), __ai_any_ulong()));
    free(message);
    return 0;
}
