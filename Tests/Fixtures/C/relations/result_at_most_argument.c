// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function answers how many bytes it has stored: never more than it was allowed to.

#include "../ai.h"
#include <stdlib.h>

static size_t receive(char *target, size_t most)
{
    size_t stored = __ai_any_ulong();
    if (stored > most)
        stored = most;
    __ai_any_bytes(target, stored); // safe: out-of-bounds-write
    return stored;
}

int main(void)
{
    size_t size = __ai_any_ushort();
    if (size == 0)
        return 1;
    char *text = malloc(size);
    if (!text)
        return 1;
    size_t length = receive(text, size - 1);
    text[length] = 0; // safe: out-of-bounds-write
    while (length > 0 && text[length - 1] == '\n') // safe: out-of-bounds-read, uninitialized-read
        text[--length] = 0; // safe: out-of-bounds-write
    free(text);
    return 0;
}
