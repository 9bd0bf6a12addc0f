// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Side effects of comma, short circuit and conditional operators.

#include "../ai.h"

static int calls;

static int touch(int result)
{
    calls++; // safe: signed-overflow
    return result;
}

int main(void)
{
    int value = (touch(1), touch(5));
    __ai_assert(value == 5); // safe: assertion
    __ai_assert(calls == 2); // safe: assertion
    int both = touch(0) && touch(1);
    __ai_assert(both == 0 && calls == 3); // safe: assertion
    int either = touch(2) || touch(1);
    __ai_assert(either == 1 && calls == 4); // safe: assertion
    int chosen = calls > 3 ? touch(7) : touch(8);
    __ai_assert(chosen == 7 && calls == 5); // safe: assertion
    return 0;
}
