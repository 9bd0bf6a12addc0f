// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A packed text copies parts of its own output: from as far back as something is written, and as long as there is room.

#include "../ai.h"

static unsigned char packed[1000], text[5000];

static unsigned unpack(unsigned length, unsigned room)
{
    unsigned in = 0, out = 0;
    while (in + 2 <= length) {
        unsigned distance = packed[in], run = packed[in + 1] & 31; // safe: out-of-bounds-read
        in += 2;
        if (distance == 0) {
            if (out == room)
                break;
            text[out++] = (unsigned char)run; // imprecise: out-of-bounds-write
            continue;
        }
        if (distance > out || run > room - out)
            break;
        for (unsigned i = 0; i < run; i++, out++)
            text[out] = text[out - distance]; // imprecise: out-of-bounds-read, out-of-bounds-write
        __ai_assert(out <= room); // imprecise: assertion
    }
    return out;
}

int main(void)
{
    __ai_any_bytes(packed, sizeof packed);
    unsigned length = __ai_any_uint(), room = __ai_any_uint();
    if (length > sizeof packed || room > sizeof text)
        return 1;
    unsigned written = unpack(length, room);
    return written < room && text[written] == 0; // safe: out-of-bounds-read
}
