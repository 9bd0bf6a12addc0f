// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A case falls through to a divisor of zero.
// witness: 1, 50

#include "../ai.h"

int main(void)
{
    int unit = __ai_any_int();
    int length = __ai_any_int();
    int divisor = 1;
    switch (unit) {
    case 1:
        divisor = 10; // the break is missing
    case 2:
        divisor = 0;
        break;
    default:
        break;
    }
    return length / divisor; // bug: division-by-zero // safe: signed-overflow
}
