// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A union is written through one member and read through another: its bytes are set.

#include "../ai.h"

union word {
    unsigned value;
    unsigned char bytes[4];
};

int main(void)
{
    union word word;
    word.value = __ai_any_uint();
    if (word.bytes[0] == 1) // safe: uninitialized-read, out-of-bounds-read
        return 1;
    word.bytes[3] = 0; // safe: out-of-bounds-write
    if (word.value > 0xffffff) // safe: uninitialized-read
        return 2;
    return 0;
}
