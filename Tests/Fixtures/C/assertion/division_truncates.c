// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Quotients are truncated towards zero, and remainders have the sign of the dividend.

#include "../ai.h"

int main(void)
{
    int seven = 7, two = 2;
    __ai_assert(seven / two == 3); // safe: assertion, division-by-zero
    __ai_assert(-seven / two == -3); // safe: assertion
    __ai_assert(-seven % two == -1); // safe: assertion
    __ai_assert(seven % -two == 1); // safe: assertion
    __ai_assert(-seven >> 1 == -4); // safe: assertion, invalid-shift
    int any = __ai_any_int();
    __ai_assert(any % 8 > -8 && any % 8 < 8); // safe: assertion
    return 0;
}
