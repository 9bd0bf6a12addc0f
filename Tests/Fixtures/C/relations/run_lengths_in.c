// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Pairs of a length and a byte become runs: a run that does not fit into what is left of the output ends it.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static unsigned char packed[256];

static size_t expand(unsigned char *out, size_t room, size_t pairs)
{
    size_t written = 0;
    for (size_t i = 0; i < 2 * pairs; i += 2) {
        size_t run = packed[i]; // safe: out-of-bounds-read
        if (run > room - written)
            break;
        memset(out + written, packed[i + 1], run); // safe: out-of-bounds-read, pointer-arithmetic // imprecise: out-of-bounds-write
        written += run;
    }
    return written;
}

int main(void)
{
    __ai_any_bytes(packed, sizeof packed);
    size_t room = __ai_any_uchar(), pairs = __ai_any_ulong();
    if (pairs > sizeof packed / 2)
        return 1;
    unsigned char *out = malloc(room);
    if (!out)
        return 1;
    size_t written = expand(out, room, pairs);
    __ai_assert(written <= room); // safe: assertion
    while (written < room)
        out[written++] = 0; // safe: out-of-bounds-write
    free(out);
    return 0;
}
