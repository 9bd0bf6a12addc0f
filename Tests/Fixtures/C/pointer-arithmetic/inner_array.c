// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Addresses of the elements of a row, and of its end.

#include "../ai.h"

struct record {
    short codes[6];
    int check;
};

int main(void)
{
    int matrix[3][4] = {{0}};
    struct record record = {{1, 2, 3}, 4};
    int column = __ai_any_int();
    if (column < 0 || column > 4)
        return 0;
    int *limit = &matrix[1][column];      // safe: pointer-arithmetic
    short *end = &record.codes[6];        // safe: pointer-arithmetic
    short *last = &record.codes[column];  // safe: pointer-arithmetic
    int sum = 0;
    for (int *next = matrix[1]; next != limit; next++) // safe: pointer-arithmetic
        sum = *next;                                   // safe: out-of-bounds-read
    return sum + (end - last);
}
