// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A matrix of variable size as a parameter and as a local.

#include "../ai.h"

static void clear(int rows, int columns, int matrix[rows][columns])
{
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            matrix[row][column] = 0; // safe: misaligned-access, out-of-bounds-write
}

int main(void)
{
    unsigned columns = __ai_any_uint() % 4 + 1;
    int matrix[3][columns]; // safe: vla-size
    clear(3, (int)columns, matrix);
    return 0;
}
