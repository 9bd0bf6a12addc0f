// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A goto enters a loop in its middle: the first part of the body is skipped once.
// witness:

#include "../ai.h"

int main(void)
{
    unsigned first = 0, second = 0;
    int i = 0;
    goto middle;
    while (i < 3) {
        first++;
    middle:
        second++;
        i++;
    }
    __ai_assert(first == second); // bug: assertion
    return 0;
}
