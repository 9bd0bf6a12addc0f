// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A small matrix is transposed into another.

int main(void)
{
    static int matrix[4][3], transposed[3][4];
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 3; column++)
            transposed[column][row] = matrix[row][column]; // safe: out-of-bounds-write, out-of-bounds-read
    }
    return transposed[2][3];
}
