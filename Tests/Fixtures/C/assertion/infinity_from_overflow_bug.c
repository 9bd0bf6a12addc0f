// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of two finite numbers may be infinite, and their difference not a number.
// witness: 1.7e308

#include "../ai.h"

int main(void)
{
    double big = __ai_any_double();
    if (!(big > 0.0 && big < 1.79e308))
        return 0;
    double sum = big + big;
    double difference = sum - sum;
    __ai_assert(difference == 0.0); // bug: assertion
    return 0;
}
