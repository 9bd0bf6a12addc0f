// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Either of two functions may be behind a pointer.
// witness: 1

#include "../ai.h"

static int up(int value) { return value + 1; }
static int down(int value) { return value - 1; }

int main(void)
{
    int (*move)(int) = up;
    if (__ai_any_bool())
        move = down;
    __ai_assert(move(0) > 0); // bug: assertion
    return 0;
}
