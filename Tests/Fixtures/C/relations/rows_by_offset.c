// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Rows of different length lie one behind the other; a table of offsets, which grow, says where each begins.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned rows = __ai_any_uchar() % 30;
    unsigned *start = malloc((rows + 1) * sizeof *start);
    if (!start)
        return 1;
    start[0] = 0; // safe: out-of-bounds-write
    for (unsigned row = 0; row < rows; row++)
        start[row + 1] = start[row] + __ai_any_uchar(); // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
    unsigned size = start[rows]; // safe: uninitialized-read, out-of-bounds-read
    char *cells = malloc(size);
    if (cells) {
        for (unsigned row = 0; row < rows; row++) {
            for (unsigned i = start[row]; i < start[row + 1]; i++) // safe: uninitialized-read, out-of-bounds-read
                cells[i] = (char)row; // imprecise: out-of-bounds-write
        }
    }
    free(cells);
    free(start);
    return 0;
}
