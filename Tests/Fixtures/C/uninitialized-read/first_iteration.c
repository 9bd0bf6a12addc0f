// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A flag tells the first round from the others; both are set together.

#include "../ai.h"

int main(void)
{
    int previous = 0;
    _Bool first = 1;
    unsigned rises = 0;
    while (__ai_any_bool()) {
        int current = __ai_any_int();
        if (!first && current > previous) // safe: uninitialized-read
            rises++;
        previous = current;
        first = 0;
    }
    return rises > 2;
}
