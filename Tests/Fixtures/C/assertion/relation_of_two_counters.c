// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two counters that run together: only a relation between them proves this.

#include "../ai.h"

int main(void)
{
    unsigned up = 0, down = 100;
    while (up < 100 && __ai_any_bool()) {
        up++;
        down--;
    }
    __ai_assert(up <= 100); // safe: assertion
    __ai_assert(up + down == 100); // safe: assertion
    return 0;
}
