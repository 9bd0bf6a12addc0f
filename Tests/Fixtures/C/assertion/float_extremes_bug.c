// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Arithmetic with infinities, NaN and zeros: what comes out of it is passed on, stored and compared. Zero by zero is
// not equal to itself.
// witness: 0, 0

#include "../ai.h"

static const double table[3] = {__builtin_nan(""), __builtin_inf(), 1};

static double half(double x) { return x / 2; }

int main(void)
{
    double zero = 0, infinity = half(table[1]), sum = 0;
    for (int i = 0; i < 3; i++)
        sum += half(table[i]) * infinity - infinity;
    double difference = infinity - infinity, product = infinity * __ai_any_char();
    double quotient = half(zero / __ai_any_char());
    float single = difference;
    if (half(sum) == half(single) || half(product) == quotient)
        return 1;
    __ai_assert(quotient == quotient); // bug: assertion
    return 0;
}
