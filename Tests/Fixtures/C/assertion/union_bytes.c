// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The bytes of an integer seen through a union: little-endian on this target.

#include "../ai.h"

union word {
    unsigned value;
    unsigned char bytes[4];
};

int main(void)
{
    union word word = {.value = 0x01020304};
    __ai_assert(word.value == 0x01020304); // safe: assertion
    __ai_assert(word.bytes[0] == 4); // imprecise: assertion
    word.bytes[0] = 0xff;
    __ai_assert(word.value == 0x010203ff); // safe: uninitialized-read // imprecise: assertion
    return 0;
}
