// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A countdown that starts one step too late.
// witness: -2147483648

#include "../ai.h"

int main(void)
{
    int budget = __ai_any_int();
    int spent = 0;
    __ai_assume(budget < 0);
    budget--; // bug: signed-overflow
    if (budget < -10)
        spent = 1;
    return spent;
}
