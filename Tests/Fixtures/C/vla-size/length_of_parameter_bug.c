// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A parameter is declared with a length of 0. It is a pointer, but the length is evaluated.
//
// witness: 0

#include "../ai.h"

static int first(int n, int values[n]) // bug: vla-size
{
    return n > 0 ? values[0] : 0;
}

int main(void)
{
    int n = __ai_any_int();
    int value = 5;
    __ai_assume(n >= 0 && n <= 1);
    return first(n, &value);
}
