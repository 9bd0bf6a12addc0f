// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// INT_MAX rounds up when it becomes a float, and does not fit any more.
// witness: 2147483647

#include "../ai.h"

int main(void)
{
    int value = __ai_any_int();
    __ai_assume(value >= 0);
    float rounded = (float)value;
    int back = (int)rounded; // bug: float-to-int
    return back == value;
}
