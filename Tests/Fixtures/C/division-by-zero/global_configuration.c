// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A global divisor that every writer keeps positive.

#include "../ai.h"

static int divider = 1;

static void configure(int wanted)
{
    if (wanted >= 1 && wanted <= 64)
        divider = wanted;
}

int main(void)
{
    int ticks = 0;
    while (__ai_any_bool()) {
        configure(__ai_any_int());
        ticks = 10000 / divider; // safe: division-by-zero
    }
    return ticks > 5;
}
