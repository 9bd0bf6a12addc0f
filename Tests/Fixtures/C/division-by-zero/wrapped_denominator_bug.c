// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A period of unsigned char wraps to zero.
// witness: 255

#include "../ai.h"

int main(void)
{
    unsigned char period = __ai_any_uchar();
    period++;
    int rate = 1000 / period; // bug: division-by-zero // safe: signed-overflow
    return rate > 4;
}
