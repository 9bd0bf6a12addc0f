// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A guard by `!= 0` leaves negative divisors: minus one must be excluded too.

#include "../ai.h"

int main(void)
{
    int total = __ai_any_int();
    int divisor = __ai_any_int();
    if (divisor != 0 && total >= 0)
        return total / divisor; // safe: division-by-zero, signed-overflow
    return 0;
}
