// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A byte of an integer is overwritten through a union; the integer is not what it was.
// witness: 7

#include "../ai.h"

union word {
    unsigned value;
    unsigned char bytes[4];
};

int main(void)
{
    union word word = {.value = 5};
    word.bytes[1] = __ai_any_uchar();
    __ai_assert(word.value == 5); // bug: assertion // safe: uninitialized-read
    return 0;
}
