// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The rows of a parameter have no elements.
//
// witness: 0

#include "../ai.h"

static int width(int n, int rows[][n]) // bug: vla-size
{
    return rows ? n : 0;
}

int main(void)
{
    int n = __ai_any_int();
    __ai_assume(n >= 0 && n <= 10);
    return width(n, 0);
}
