// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Complex numbers are equal if both parts are.

#include "../ai.h"

int main(void)
{
    double _Complex number, other;
    __real__ number = 1.0;
    __imag__ number = 2.0;
    other = number;
    __ai_assert(number == other); // imprecise: assertion
    __real__ other = 2.0;
    __ai_assert(number != other); // safe: assertion
    __real__ other = 1.0;
    __imag__ other = 1.0;
    __ai_assert(number != other);    // safe: assertion
    __ai_assert(!(number == other)); // safe: assertion
    return 0;
}
