// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A right shift of a negative number keeps its sign and rounds down, unlike a division.
// witness: -1

#include "../ai.h"

int main(void)
{
    int value = __ai_any_short();
    __ai_assert(value >> 1 == value / 2); // bug: assertion
    return 0;
}
