// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A hook that is installed in some runs only is called in every round of a loop.
// witness: 0, 1

#include "../ai.h"

static int rounds;
static void (*hook)(void);

static void count(void) { rounds = 1; }

int main(void)
{
    if (__ai_any_bool())
        hook = count;
    for (int left = __ai_any_int(); left > 0; left--)
        hook(); // bug: null-dereference
    return rounds;
}
