// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A generic selection chooses by the type of its operand, after promotion of none.

#include "../ai.h"

#define KIND(x) _Generic((x), char: 1, int: 2, unsigned: 3, double: 4, char *: 5, default: 9)

int main(void)
{
    char c = 'a';
    short s = 2;
    __ai_assert(KIND(c) == 1); // safe: assertion
    __ai_assert(KIND(c + s) == 2); // safe: assertion
    __ai_assert(KIND(s) == 9); // safe: assertion
    __ai_assert(KIND("text") == 5); // safe: assertion
    __ai_assert(KIND(1u + s) == 3); // safe: assertion
    return 0;
}
