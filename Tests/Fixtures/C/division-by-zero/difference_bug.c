// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The slope between two points with the same abscissa.
// witness: 4, 4

#include "../ai.h"

int main(void)
{
    int x0 = __ai_any_int();
    int x1 = __ai_any_int();
    __ai_assume(x0 > -1000 && x0 < 1000);
    __ai_assume(x1 > -1000 && x1 < 1000);
    int run = x1 - x0; // safe: signed-overflow
    int slope = 500 / run; // bug: division-by-zero // safe: signed-overflow
    return slope;
}
