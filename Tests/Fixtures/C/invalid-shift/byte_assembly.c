// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A big-endian word from bytes, converted to unsigned before they are shifted.

#include "../ai.h"

int main(void)
{
    unsigned char bytes[4];
    __ai_any_bytes(bytes, sizeof bytes); // safe: out-of-bounds-write
    unsigned word = (unsigned)bytes[0] << 24 | (unsigned)bytes[1] << 16 // safe: invalid-shift, uninitialized-read
                    | (unsigned)bytes[2] << 8 | bytes[3]; // safe: invalid-shift, out-of-bounds-read
    return word == 0x2000000;
}
