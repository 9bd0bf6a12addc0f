// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Enumerators count up from the last given value.

#include "../ai.h"

enum code { first = -1, second, third, gap = 10, last };

int main(void)
{
    enum code code = third;
    __ai_assert(second == 0); // safe: assertion
    __ai_assert(code == 1); // safe: assertion
    code = last;
    __ai_assert(code - gap == 1); // safe: assertion, signed-overflow
    return 0;
}
