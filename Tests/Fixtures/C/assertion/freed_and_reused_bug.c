// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The second block of a loop comes from the same place in the program as the first.
// witness:

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int *kept = 0;
    for (int i = 0; i < 2; i++) {
        int *cell = malloc(sizeof *cell);
        if (!cell)
            return 0;
        *cell = i;
        if (!kept)
            kept = cell;
    }
    __ai_assert(*kept == 1); // safe: uninitialized-read, null-dereference // bug: assertion
    return 0;
}
