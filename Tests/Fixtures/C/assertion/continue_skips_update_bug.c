// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A continue in a for loop runs its increment, in a while loop it skips the update at the end.
// witness: 1, 1, 0

#include "../ai.h"

int main(void)
{
    unsigned seen = 0, rounds = 0;
    while (rounds < 3) {
        rounds++;
        if (__ai_any_bool())
            continue;
        seen++;
    }
    __ai_assert(seen == rounds); // bug: assertion
    return 0;
}
