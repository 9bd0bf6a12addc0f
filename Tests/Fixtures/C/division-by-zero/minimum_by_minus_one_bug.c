// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The quotient of the most negative integer by minus one does not fit.
// witness: -2147483648, -1

#include "../ai.h"

int main(void)
{
    int value = __ai_any_int();
    int scale = __ai_any_int();
    if (scale >= 0)
        return 0;
    int scaled = value / scale; // bug: signed-overflow
    return scaled > 10;
}
