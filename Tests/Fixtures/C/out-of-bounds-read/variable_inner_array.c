// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A row of variable length, indexed inside: in a parameter and in a local. That it is inside the whole is a relation.

#include "../ai.h"

static int second(int width, int matrix[][width])
{
    return matrix[0][1]; // safe: out-of-bounds-read
}

int main(void)
{
    int width = __ai_any_int(), column = __ai_any_int();
    if (width < 2 || width > 8 || column < 0 || column >= width)
        return 0;
    int matrix[2][width];
    matrix[0][1] = 4;      // safe: out-of-bounds-write
    matrix[0][column] = 5; // safe: out-of-bounds-write
    return second(width, matrix);
}
