// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A remainder overflows only where the dividend is the least integer and the divisor -1: each of them may be excluded,
// by the dividend, by a divisor that is not negative, or by one that is less than -1.

#include "../ai.h"

int main(void)
{
    int dividend = __ai_any_int();
    int divisor = __ai_any_int();
    if (divisor == 0)
        return 0;
    int sum = 0;
    if (dividend > -2147483647 - 1)
        sum ^= dividend % divisor; // safe: signed-overflow
    if (divisor > 0)
        sum ^= dividend % divisor; // safe: signed-overflow
    if (divisor < -1)
        sum ^= dividend % divisor; // safe: signed-overflow
    return sum;
}
