// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Prefix and postfix operators, on integers and through pointers.

#include "../ai.h"

int main(void)
{
    int values[3] = {10, 20, 30};
    int *p = values;
    int first = *p++; // safe: pointer-arithmetic, out-of-bounds-read
    int second = ++*p;
    int third = *++p;
    __ai_assert(first == 10); // safe: assertion
    __ai_assert(second == 21 && values[1] == 21); // safe: assertion
    __ai_assert(third == 30); // safe: assertion
    int i = 5;
    int before = i--;
    __ai_assert(before == 5 && i == 4); // safe: assertion
    return 0;
}
