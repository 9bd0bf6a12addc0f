// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Counts the bits of a byte by shifting it down to zero.

#include "../ai.h"

int main(void)
{
    unsigned value = __ai_any_uchar();
    unsigned count = 0;
    for (int bit = 0; bit < 8; bit++) { // safe: signed-overflow
        if (value >> bit & 1) // safe: invalid-shift
            count++;
    }
    do {
        value >>= 1; // safe: invalid-shift
    } while (value != 0);
    return count == 8;
}
