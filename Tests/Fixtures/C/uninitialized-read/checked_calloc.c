// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Where calloc gives NULL there is no block; where it gives one, all of it is zero.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int *counts = calloc(4, sizeof *counts);
    if (!counts)
        return 1;
    int sum = counts[0] + counts[3]; // safe: uninitialized-read, out-of-bounds-read, null-dereference, signed-overflow
    __ai_assert(sum == 0);           // safe: assertion
    free(counts);                    // safe: invalid-free
    return 0;
}
