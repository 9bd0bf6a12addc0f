// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The inner index reaches the outer one, which is the size in the last round.
// witness: 5

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned size = __ai_any_uint() % 120;
    if (size == 0)
        return 1;
    unsigned *current = malloc(size * sizeof *current);
    if (!current)
        return 1;
    for (unsigned i = 0; i < size; i++)
        current[i] = i; // safe: out-of-bounds-write
    for (unsigned row = 0; row <= size; row++) {
        for (unsigned column = 0; column <= row; column++)
            current[column] = row; // bug: out-of-bounds-write
    }
    free(current);
    return 0;
}
