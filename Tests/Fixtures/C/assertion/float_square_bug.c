// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The square of a small number is zero.
// witness: 1e-200

#include "../ai.h"

int main(void)
{
    double x = __ai_any_double();
    if (!(x > 0.0 && x < 1.0))
        return 1;
    double square = x * x;
    __ai_assert(square > 0.0); // bug: assertion
    return 0;
}
