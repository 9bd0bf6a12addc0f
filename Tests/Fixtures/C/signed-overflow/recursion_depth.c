// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A recursion whose argument goes down to zero.

#include "../ai.h"

static unsigned depth(int n)
{
    if (n <= 0)
        return 0;
    return 1 + depth(n - 1); // safe: signed-overflow
}

int main(void)
{
    int n = __ai_any_int();
    if (n > 100)
        n = 100;
    return depth(n) > 50;
}
