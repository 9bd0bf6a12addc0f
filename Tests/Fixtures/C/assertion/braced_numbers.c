// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A number in braces initialises like the number (C11 6.7.9p11).

#include "../ai.h"

int main(void)
{
    static int kept = {7};
    int number = {8};
    int table[18] = {{1}, 2, {3}, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, {18}};
    __ai_assert(kept == 7);       // safe: assertion
    __ai_assert(number == 8);     // safe: assertion
    __ai_assert(table[0] >= 1);   // safe: assertion
    __ai_assert(table[2] <= 18);  // safe: assertion
    __ai_assert(table[17] != 0);  // safe: assertion
    return 0;
}
