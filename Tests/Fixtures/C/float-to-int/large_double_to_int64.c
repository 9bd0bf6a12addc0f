// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Strictly below 2^63, every double fits into long long.

#include "../ai.h"

int main(void)
{
    double big = __ai_any_double();
    if (!(big >= 0.0 && big < 9223372036854775808.0))
        return 1;
    long long exact = (long long)big; // imprecise: float-to-int
    return exact > 3;
}
