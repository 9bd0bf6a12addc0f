// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A statement expression evaluates its operands once.

#include "../ai.h"

#define LARGER(a, b) ({ __typeof__(a) a_ = (a); __typeof__(b) b_ = (b); a_ > b_ ? a_ : b_; })

int main(void)
{
    int i = 3;
    int larger = LARGER(i++, 2);
    __ai_assert(larger == 3); // safe: assertion
    __ai_assert(i == 4); // safe: assertion
    int level = __ai_any_int();
    __ai_assert(LARGER(level, 0) >= 0); // safe: assertion
    return 0;
}
