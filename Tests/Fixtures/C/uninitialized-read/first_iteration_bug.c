// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The previous value does not exist in the first round.
// witness: 1, 5

#include "../ai.h"

int main(void)
{
    int previous;
    unsigned rises = 0;
    while (__ai_any_bool()) {
        int current = __ai_any_int();
        if (current > previous) // bug: uninitialized-read
            rises++;
        previous = current;
    }
    return rises > 2;
}
