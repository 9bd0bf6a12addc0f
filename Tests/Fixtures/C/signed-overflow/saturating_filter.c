// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A filter that saturates its state after each step.

#include "../ai.h"

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

int main(void)
{
    int state = 0;
    while (__ai_any_bool()) {
        int input = __ai_any_short();
        state = clamp(state + input, -100000, 100000); // safe: signed-overflow
    }
    return state > 0;
}
