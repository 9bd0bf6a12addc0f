// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Runs of equal bytes become pairs: at most two bytes are written for each that was read.

#include "../ai.h"

static unsigned char input[700], output[1400];

static unsigned compress(unsigned length)
{
    unsigned in = 0, out = 0;
    while (in < length) {
        unsigned char byte = input[in]; // safe: out-of-bounds-read
        unsigned run = 1;
        while (run < 255 && in + run < length && input[in + run] == byte) // safe: out-of-bounds-read
            run++;
        output[out] = (unsigned char)run; // imprecise: out-of-bounds-write
        output[out + 1] = byte; // safe: out-of-bounds-write
        in += run;
        out += 2;
        __ai_assert(out <= 2 * in && in <= length); // imprecise: assertion
    }
    return out;
}

int main(void)
{
    __ai_any_bytes(input, sizeof input);
    unsigned length = __ai_any_uint();
    if (length > sizeof input)
        return 1;
    unsigned written = compress(length);
    return written > 0 && output[written - 1] == 0; // safe: out-of-bounds-read
}
