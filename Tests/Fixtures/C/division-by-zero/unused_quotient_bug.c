// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A quotient that nobody uses is still undefined.
// witness: 0

#include "../ai.h"

int main(void)
{
    int divisor = __ai_any_int();
    __ai_assume(divisor > -5 && divisor < 5);
    (void)(1000 / divisor); // bug: division-by-zero // safe: signed-overflow
    return 0;
}
