// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index leaves the row of a matrix whose width is known at run time only; the next row takes what is written.
// witness: 3, 3

#include "../ai.h"

static void mark(int width, int matrix[width][width], int column)
{
    matrix[0][column] = 1; // bug: out-of-bounds-write
}

int main(void)
{
    int width = __ai_any_int(), column = __ai_any_int();
    if (width < 2 || width > 8 || column < 0 || column > width)
        return 0;
    int matrix[width][width];
    for (int i = 0; i < width; i++)
        for (int j = 0; j < width; j++)
            matrix[i][j] = 0; // imprecise: out-of-bounds-write, misaligned-access
    mark(width, matrix, column);
    return 0;
}
