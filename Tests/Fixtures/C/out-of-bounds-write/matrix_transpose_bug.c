// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A small matrix is transposed into one of the same shape.
// witness:

int main(void)
{
    static int matrix[4][3], transposed[4][3];
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 3; column++)
            (*(int (*)[3][4])transposed)[column][row + 1] = matrix[row][column]; // bug: out-of-bounds-write
    }
    return transposed[2][2];
}
