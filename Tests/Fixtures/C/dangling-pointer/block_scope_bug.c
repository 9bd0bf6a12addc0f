// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer to a variable of an inner block outlives the block.
// witness: 6

#include "../ai.h"

int main(void)
{
    int fallback = 0;
    int *chosen = &fallback;
    int wanted = __ai_any_int();
    if (wanted > 5) {
        int clamped = 5;
        chosen = &clamped;
    }
    return *chosen; // bug: dangling-pointer
}
