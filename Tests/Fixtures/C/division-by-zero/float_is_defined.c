// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Division of floating-point numbers by zero gives an infinity (annex F).

#include "../ai.h"

int main(void)
{
    double numerator = __ai_any_double();
    double denominator = 0.0;
    double quotient = numerator / denominator;
    return quotient > 1.0;
}
