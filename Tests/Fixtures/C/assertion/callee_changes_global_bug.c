// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callee changes a global behind the caller's back.
// witness: 3

#include "../ai.h"

static int budget = 10;

static void spend(int amount)
{
    if (amount > 2)
        budget = -1;
}

int main(void)
{
    int checked = budget;
    spend(__ai_any_int());
    if (checked > 0)
        __ai_assert(budget > 0); // bug: assertion
    return 0;
}
