// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A byte is promoted before it is shifted: its high bits are not lost.
// witness: 255

#include "../ai.h"

int main(void)
{
    unsigned char byte = __ai_any_uchar();
    int wide = byte << 4 >> 4;
    unsigned char narrow = (unsigned char)(byte << 4);
    __ai_assert(wide == narrow >> 4); // bug: assertion
    return 0;
}
