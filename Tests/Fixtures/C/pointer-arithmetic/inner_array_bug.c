// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The address of an element far behind the end of a row: still inside the matrix, and wrong.
// witness: 5

#include "../ai.h"

int main(void)
{
    int matrix[3][4] = {{0}};
    int column = __ai_any_int();
    if (column < 0 || column > 7)
        return 0;
    int *found = &matrix[1][column]; // bug: pointer-arithmetic
    return *found;
}
