// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A packed text may copy from as far back as one byte in front of what has been written.
// witness: 4
// bytes: 00050203

#include "../ai.h"

static unsigned char packed[1000];

int main(void)
{
    static unsigned char text[5000];
    __ai_any_bytes(packed, sizeof packed);
    unsigned length = __ai_any_uint(), in = 0;
    int out = 0;
    if (length > sizeof packed)
        return 1;
    for (; in + 2 <= length; in += 2) {
        int distance = packed[in], run = packed[in + 1] & 31; // safe: out-of-bounds-read
        if (out + run >= 5000)
            break;
        if (distance == 0) {
            text[out++] = (unsigned char)run; // safe: out-of-bounds-write
            continue;
        }
        if (distance > out + 1)
            break;
        for (int i = 0; i < run; i++, out++)
            text[out] = text[out - distance]; // bug: out-of-bounds-read // imprecise: out-of-bounds-write
    }
    return text[0];
}
