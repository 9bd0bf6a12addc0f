// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Only one way through the wrapper fills the block; what is NULL is another variable than the one that is tested.
//
// witness: 0

#include "../ai.h"
#include <stdlib.h>

static int *made(_Bool isFilled, int **other)
{
    int *block = malloc(sizeof *block);
    *other = NULL;
    if (!block)
        return NULL;
    if (!isFilled)
        return block;
    *block = 1; // safe: null-dereference, out-of-bounds-write
    *other = block;
    return block;
}

int main(void)
{
    int *other;
    int *block = made(__ai_any_bool(), &other);
    if (!block)
        return 1;
    int isOne = *block == 1; // bug: uninitialized-read
    free(block);             // safe: invalid-free
    return isOne;
}
