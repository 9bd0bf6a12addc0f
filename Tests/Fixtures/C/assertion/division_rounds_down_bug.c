// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A quotient of a negative number is taken to be rounded down.
// witness: -3

#include "../ai.h"

int main(void)
{
    int coordinate = __ai_any_int();
    __ai_assume(coordinate > -100 && coordinate < 0);
    int tile = coordinate / 16;
    __ai_assert(tile < 0); // bug: assertion
    return 0;
}
