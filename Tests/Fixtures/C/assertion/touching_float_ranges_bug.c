// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two ranges that share one number: floats in them may be equal.
// witness: 1, 1, 0

#include "../ai.h"

int main(void)
{
    int low = __ai_any_int(), high = __ai_any_int();
    if (low < 0 || low > 1 || high < 1 || high > 2)
        return 0;
    double x = low, y = high;
    __ai_assert(x <= y);    // safe: assertion
    __ai_assert(!(y < x));  // safe: assertion
    __ai_assert(x != y + 2); // safe: assertion
    if (__ai_any_bool())
        __ai_assert(x != y); // imprecise: assertion
    else
        __ai_assert(y != x); // bug: assertion
    return 0;
}
