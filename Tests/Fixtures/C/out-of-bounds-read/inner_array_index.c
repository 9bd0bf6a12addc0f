// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index that stays inside of a row.

#include "../ai.h"

int main(void)
{
    static const int matrix[3][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
    int row = __ai_any_int(), index = __ai_any_int();
    if (row < 0 || row > 2 || index < 0 || index > 3)
        return 0;
    return matrix[row][index]; // safe: out-of-bounds-read
}
