// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An odd number is never zero: congruences see it.

#include "../ai.h"

int main(void)
{
    int half = __ai_any_int();
    __ai_assume(half > -1000 && half < 1000);
    int divisor = 2 * half + 1; // safe: signed-overflow
    return 1000 / divisor; // safe: division-by-zero, signed-overflow
}
