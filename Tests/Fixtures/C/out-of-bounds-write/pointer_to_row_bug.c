// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A row is written one element too far: into the next row, and in bounds of the matrix.
// witness:

static char matrix[3][4];

static void clear(char (*row)[4])
{
    for (int column = 0; column <= 4; column++)
        (*row)[column] = 0; // bug: out-of-bounds-write
}

int main(void)
{
    clear(&matrix[1]);
    return 0;
}
