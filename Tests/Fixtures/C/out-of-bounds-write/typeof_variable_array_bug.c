// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array of another array's type is as long as that one is, not as the variable says by then.
//
// witness: 4

#include "../ai.h"

int main(void)
{
    int n = __ai_any_int();
    __ai_assume(n >= 1 && n <= 10);
    int first[n];
    first[0] = 1;
    n = 12;
    {
        __typeof__(first) second;
        for (int i = 0; i < n; i++)
            second[i] = 0; // bug: out-of-bounds-write
        first[0] = second[0];
    }
    return first[0];
}
