// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A table with rows of fixed width, as many as are asked for, in one block.

#include "../ai.h"
#include <stdlib.h>

static unsigned row_sum(int (*table)[8], unsigned row)
{
    unsigned sum = 0;
    for (unsigned column = 0; column < 8; column++)
        sum += (unsigned)table[row][column]; // imprecise: out-of-bounds-read, uninitialized-read
    return sum;
}

int main(void)
{
    unsigned rows = __ai_any_uchar();
    int(*table)[8] = malloc(rows * sizeof *table);
    if (!table)
        return 1;
    for (unsigned row = 0; row < rows; row++) {
        for (unsigned column = 0; column < 8; column++)
            table[row][column] = row == column; // safe: out-of-bounds-write
    }
    unsigned row = __ai_any_uint(), answer = 0;
    if (row < rows)
        answer = row_sum(table, row) + row_sum(table, rows - 1 - row);
    free(table);
    return answer == 2;
}
