// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// A position that is wrapped in a callee, one element late.
// witness: 1, 1, 1, 1, 1, 0
#include "../ai.h"

static int slots[4];

static unsigned after(unsigned position)
{
    position++;
    return position > 4 ? 0 : position;
}

static unsigned fill(unsigned at)
{
    slots[at] = 7; // bug: out-of-bounds-write
    return after(at);
}

int main(void)
{
    unsigned at = 0;
    while (__ai_any_bool())
        at = fill(at);
    return 0;
}
