// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A NaN is neither below nor at or above a limit.
// witness: nan

#include "../ai.h"

int main(void)
{
    double level = __ai_any_double();
    int low = level < 10.0;
    int high = level >= 10.0;
    if (!low)
        __ai_assert(high); // bug: assertion
    return 0;
}
