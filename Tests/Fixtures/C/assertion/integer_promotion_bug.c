// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The complement of a byte is an int, and negative.
// witness: 240

#include "../ai.h"

int main(void)
{
    unsigned char mask = __ai_any_uchar();
    unsigned char clear = 15;
    if (mask != 240)
        return 0;
    __ai_assert(~clear == mask); // bug: assertion
    return 0;
}
