// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A write at an unknown index may hit the element that was set before.
// witness: 3

#include "../ai.h"

int main(void)
{
    int table[8] = {0};
    table[3] = 7;
    table[__ai_any_uint() % 8] = 1;
    __ai_assert(table[3] == 7); // bug: assertion
    return 0;
}
