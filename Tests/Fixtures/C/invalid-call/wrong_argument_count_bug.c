// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function declared without a prototype is called with an argument too few.
// confirmed-by: reasoning - C11 6.5.2.2p6
// witness: 2

#include "../ai.h"

static int scale();

int main(void)
{
    int value = __ai_any_int();
    __ai_assume(value > 0 && value < 100);
    return scale(value); // bug: invalid-call
}

static int scale(value, factor)
    int value, factor;
{
    return value > factor;
}
