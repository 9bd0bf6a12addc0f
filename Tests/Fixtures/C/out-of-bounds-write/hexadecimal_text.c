// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A number is written as hexadecimal digits into a buffer of fixed size.

#include "../ai.h"

int main(void)
{
    static const char digits[] = "0123456789abcdef";
    char text[9];
    unsigned value = __ai_any_uint();
    for (int i = 7; i >= 0; i--) {
        text[i] = digits[value & 15]; // safe: out-of-bounds-write, out-of-bounds-read
        value >>= 4;
    }
    text[8] = 0; // safe: out-of-bounds-write
    return text[0] == 'f'; // safe: uninitialized-read
}
