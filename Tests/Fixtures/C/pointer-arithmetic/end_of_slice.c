// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The end of a slice is computed after the length was checked.

#include "../ai.h"

static unsigned char packet[64];

int main(void)
{
    unsigned length = __ai_any_uchar();
    if (length > 60)
        return 1;
    const unsigned char *end = packet + 4 + length; // safe: pointer-arithmetic
    return end == packet;
}
