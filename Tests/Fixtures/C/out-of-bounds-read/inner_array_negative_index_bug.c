// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index before the beginning of a row reads the row before it.
// witness: -1

#include "../ai.h"

int main(void)
{
    static const int matrix[3][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
    int index = __ai_any_int();
    if (index < -1 || index > 3)
        return 0;
    return matrix[1][index]; // bug: out-of-bounds-read
}
