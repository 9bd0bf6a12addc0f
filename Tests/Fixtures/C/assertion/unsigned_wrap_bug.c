// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The number of bytes left wraps around when too many were taken.
// witness: 12

#include "../ai.h"

int main(void)
{
    unsigned left = 10;
    unsigned taken = __ai_any_uint() % 20;
    left -= taken;
    __ai_assert(left <= 10); // bug: assertion
    return 0;
}
