// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A local matrix of variable size is read behind the end of its first row.
// witness: 3

#include "../ai.h"

int main(void)
{
    int width = __ai_any_int();
    if (width < 2 || width > 8)
        return 0;
    int matrix[2][width];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < width; j++)
            matrix[i][j] = 0; // safe: out-of-bounds-write
    return matrix[0][width]; // bug: out-of-bounds-read // safe: uninitialized-read
}
