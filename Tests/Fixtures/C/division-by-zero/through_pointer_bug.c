// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A divisor is checked, and then set to zero through a pointer to it.
// witness: 5, 0

#include "../ai.h"

static void store(int *target, int value)
{
    *target = value;
}

int main(void)
{
    int divisor = __ai_any_int();
    int *alias = &divisor;
    if (divisor <= 0)
        return 0;
    store(alias, __ai_any_bool());
    return 100 / divisor; // bug: division-by-zero // safe: signed-overflow
}
