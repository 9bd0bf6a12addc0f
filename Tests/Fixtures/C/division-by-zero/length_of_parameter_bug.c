// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a parameter is a quotient.
//
// witness: 0

#include "../ai.h"

static int columns(int rows, int cells[100 / rows]) // bug: division-by-zero // safe: vla-size
{
    return cells ? rows : 0;
}

int main(void)
{
    int rows = __ai_any_int();
    int cells[100] = {0};
    __ai_assume(rows >= 0 && rows <= 100);
    return columns(rows, cells);
}
