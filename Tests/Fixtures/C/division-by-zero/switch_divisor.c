// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Every case of a switch gives a divisor that is not zero.

#include "../ai.h"

int main(void)
{
    int unit = __ai_any_int();
    int length = __ai_any_int();
    int divisor;
    switch (unit) {
    case 0:
        divisor = 1;
        break;
    case 1:
        divisor = 10;
        break;
    case 2 ... 5:
        divisor = 100;
        break;
    default:
        divisor = 1000;
    }
    return length / divisor; // safe: division-by-zero, signed-overflow, uninitialized-read
}
