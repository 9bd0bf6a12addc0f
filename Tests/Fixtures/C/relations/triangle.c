// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The lower half of a table: the inner index stays at or below the outer one, and differences of the two are indices.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned size = __ai_any_uint() % 40;
    unsigned *current = calloc(size + 1, sizeof *current); // safe: out-of-bounds-write
    unsigned *mirrored = calloc(size + 1, sizeof *mirrored); // safe: out-of-bounds-write
    if (current && mirrored) {
        current[0] = 1; // safe: out-of-bounds-write
        for (unsigned row = 1; row <= size; row++) {
            for (unsigned column = row; column > 0; column--)
                current[column] += current[column - 1]; // safe: out-of-bounds-write, out-of-bounds-read, uninitialized-read
            for (unsigned column = 0; column <= row; column++)
                mirrored[row - column] = current[column]; // safe: out-of-bounds-write, out-of-bounds-read, uninitialized-read
        }
    }
    free(mirrored);
    free(current);
    return 0;
}
