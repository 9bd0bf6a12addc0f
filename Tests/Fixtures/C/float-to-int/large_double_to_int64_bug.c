// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// 2^63 is a double just outside long long.
// witness: 9223372036854775808

#include "../ai.h"

int main(void)
{
    double big = __ai_any_double();
    if (!(big >= 0.0 && big <= 9223372036854775807.0))
        return 1;
    long long exact = (long long)big; // bug: float-to-int
    return exact > 3;
}
