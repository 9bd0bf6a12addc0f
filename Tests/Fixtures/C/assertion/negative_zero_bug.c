// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Minus zero equals zero, and divides to minus infinity.
// witness: -0.0

#include "../ai.h"

int main(void)
{
    double value = __ai_any_double();
    if (value != 0.0)
        return 0;
    double inverse = 1.0 / value;
    __ai_assert(inverse > 0.0); // bug: assertion
    return 0;
}
