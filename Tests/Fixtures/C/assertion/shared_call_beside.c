// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two calls agree on the element that the function writes, and not on those beside it.

#include "../ai.h"

static int table[8];

static void set(void)
{
    table[3] = 1;
}

int main(void)
{
    unsigned place = __ai_any_uint() % 8;
    if (__ai_any_bool()) {
        table[place] = 1;
        *(unsigned *)&table[3] = 5;
        set();
        __ai_assert(table[0] <= 1); // safe: assertion
    } else {
        table[place] = 7;
        *(unsigned *)&table[3] = 5;
        set();
        if (__ai_any_bool())
            place = 0;
        __ai_assert(table[0] <= 7); // safe: assertion
    }
    return 0;
}
