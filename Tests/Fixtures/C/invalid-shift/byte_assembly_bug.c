// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A big-endian word from bytes: the top byte is promoted to int and shifted into the sign.
// witness: 255, 0, 0, 1

#include "../ai.h"

int main(void)
{
    unsigned char b0 = __ai_any_uchar();
    unsigned char b1 = __ai_any_uchar();
    unsigned char b2 = __ai_any_uchar();
    unsigned char b3 = __ai_any_uchar();
    int top = b0 << 25; // bug: invalid-shift
    unsigned word = (unsigned)top | (unsigned)b1 << 16 | (unsigned)b2 << 8 | b3;
    return word == 0x2000000;
}
