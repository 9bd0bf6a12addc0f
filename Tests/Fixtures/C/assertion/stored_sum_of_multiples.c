// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A sum of multiples of four, plus one, is stored: its bounds are numbers of that form.

#include "../ai.h"

int main(void)
{
    int table[4] = {5, 5, 5, 5};
    int first = __ai_any_uchar() % 10, second = __ai_any_uchar() % 10;
    int value = 4 * first + 4 * second + 1;
    if (value < 2 || value > 43)
        return 0;
    table[__ai_any_uchar() % 4] = value;
    int read = table[__ai_any_uchar() % 4];
    __ai_assert(read >= 5);      // safe: assertion
    __ai_assert(read <= 41);     // safe: assertion
    __ai_assert(read % 4 == 1);  // imprecise: assertion
    return 0;
}
