// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A run is held against the whole output, and not against what is left of it.
// witness: 5, 2
// bytes: 03410341

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static unsigned char packed[256];

static size_t expand(unsigned char *out, size_t room, size_t pairs)
{
    size_t written = 0;
    for (size_t i = 0; i < 2 * pairs; i += 2) {
        size_t run = packed[i]; // safe: out-of-bounds-read
        if (run > room)
            break;
        for (size_t k = 0; k < run; k++)
            out[written++] = packed[i + 1]; // bug: out-of-bounds-write // safe: out-of-bounds-read
    }
    return written;
}

int main(void)
{
    __ai_any_bytes(packed, sizeof packed);
    size_t room = __ai_any_ushort(), pairs = __ai_any_ulong();
    if (pairs > sizeof packed / 2)
        return 1;
    unsigned char *out = malloc(room);
    if (!out)
        return 1;
    size_t written = expand(out, room, pairs);
    free(out);
    return written > 9;
}
