// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What was received may be as long as the block: then there is no room for the terminator.
// witness: 4, 9
// bytes: 41424344

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
    char *text = malloc(size);
    if (!text)
        return 1;
    size_t length = receive(text, size);
    text[length] = 0; // bug: out-of-bounds-write
    free(text);
    return 0;
}
