// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A type of no elements, and no object of it.
//
// witness: 0

#include "../ai.h"

int main(void)
{
    int n = __ai_any_int();
    __ai_assume(n >= 0 && n <= 10);
    typedef int row[n]; // bug: vla-size
    return sizeof(row) == 40;
}
