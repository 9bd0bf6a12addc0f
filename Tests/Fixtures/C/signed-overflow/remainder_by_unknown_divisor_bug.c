// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The least integer modulo -1: the quotient is no int, and the remainder is undefined with it.
// witness: -2147483648, -1

#include "../ai.h"

int main(void)
{
    int dividend = __ai_any_int();
    int divisor = __ai_any_int();
    if (divisor == 0)
        return 0;
    return dividend % divisor; // bug: signed-overflow
}
