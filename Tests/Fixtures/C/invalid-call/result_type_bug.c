// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function that returns a number is called as one that returns nothing.
// witness: 1
// confirmed-by: reasoning - C11 6.3.2.3p8

#include "../ai.h"

typedef void (*action)(int);

static int twice(int value)
{
    return value % 1000 * 2;
}

int main(void)
{
    action act = (action)twice;
    act(__ai_any_int()); // bug: invalid-call
    return 0;
}
