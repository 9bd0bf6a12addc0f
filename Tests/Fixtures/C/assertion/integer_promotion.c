// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Small types are computed in int and cut back when they are stored.

#include "../ai.h"

int main(void)
{
    unsigned char byte = 255;
    byte++;
    __ai_assert(byte == 0); // safe: assertion
    unsigned char left = 200, right = 100;
    __ai_assert(left + right == 300); // safe: assertion, signed-overflow
    __ai_assert((unsigned char)(left + right) == 44); // safe: assertion
    signed char narrow = (signed char)left;
    __ai_assert(narrow == -56); // safe: assertion
    __ai_assert((unsigned)narrow == 4294967240u); // safe: assertion
    __ai_assert(~left == -201); // safe: assertion
    return 0;
}
