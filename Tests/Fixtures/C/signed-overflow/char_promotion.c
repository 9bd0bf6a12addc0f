// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Arithmetic on characters is done in int: the sum of two bytes cannot overflow.

#include "../ai.h"

int main(void)
{
    signed char a = (signed char)__ai_any_char();
    unsigned char b = __ai_any_uchar();
    short c = __ai_any_short();
    int sum = a + b;       // safe: signed-overflow
    int scaled = c * a;    // safe: signed-overflow
    int all = sum + scaled - b; // safe: signed-overflow
    return all > 0;
}
