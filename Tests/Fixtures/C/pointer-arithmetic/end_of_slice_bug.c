// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The end of a slice is computed from a length that the sender chose.
// confirmed-by: reasoning - C11 6.5.6p8
// witness: 200

#include "../ai.h"

static unsigned char packet[64];

int main(void)
{
    unsigned length = __ai_any_uchar();
    const unsigned char *end = packet + 4 + length; // bug: pointer-arithmetic
    return end == packet;
}
