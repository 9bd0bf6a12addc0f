// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Row and column are swapped in a table that is not square.
// witness: 1, 4

#include "../ai.h"

static const int cost[3][5] = {{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}, {11, 12, 13, 14, 15}};

int main(void)
{
    unsigned row = __ai_any_uint() % 3;
    unsigned column = __ai_any_uint() % 5;
    return cost[column][row]; // bug: out-of-bounds-read
}
