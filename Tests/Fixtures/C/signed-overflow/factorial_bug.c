// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A recursive factorial leaves int at thirteen.
// witness: 13

#include "../ai.h"

static int factorial(int n)
{
    if (n <= 1)
        return 1;
    return n * factorial(n - 1); // bug: signed-overflow
}

int main(void)
{
    int n = __ai_any_int();
    __ai_assume(n <= 13);
    return factorial(n) > 100;
}
