// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A call behind `||` is taken to happen always.
// witness: 1

#include "../ai.h"

static unsigned pending = 1;

static int flush(void)
{
    pending = 0;
    return 1;
}

int main(void)
{
    int ready = __ai_any_int();
    if (ready || flush())
        __ai_assert(pending == 0); // bug: assertion
    return 0;
}
