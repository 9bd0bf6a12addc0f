// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What is less than another variable can be increased, and the other decreased. What bounds one of them bounds both.

#include "../ai.h"

int main(void)
{
    int low = __ai_any_int(), high = __ai_any_int();
    if (low >= high)
        return 0;
    int sum = low + 1; // safe: signed-overflow
    sum ^= high - 1;   // safe: signed-overflow
    if (high > 50)
        return sum;
    sum ^= low + 2147483000; // safe: signed-overflow
    __ai_assert(low <= 49);  // safe: assertion
    return sum;
}
