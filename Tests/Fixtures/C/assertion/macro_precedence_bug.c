// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A macro without parentheses.
// witness:

#include "../ai.h"

#define TWICE(x) x + x

int main(void)
{
    int value = 5;
    int result = 2 * TWICE(value);
    __ai_assert(result == 20); // bug: assertion
    return 0;
}
