// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bounds of floating-point numbers go through sums and products.

#include "../ai.h"

int main(void)
{
    double x = __ai_any_double();
    if (!(x >= -1.0 && x <= 1.0))
        return 1;
    double y = 2.0 * x + 1.0;
    __ai_assert(y >= -1.5 && y <= 3.5); // safe: assertion
    double z = y * y;
    __ai_assert(z <= 10.0); // safe: assertion
    float narrow = (float)y;
    __ai_assert(narrow < 4.0f); // safe: assertion
    return 0;
}
