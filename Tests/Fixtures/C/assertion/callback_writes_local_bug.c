// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// qsort calls back, and the callback writes a static counter.
// witness:

#include "../ai.h"
#include <stdlib.h>

static unsigned comparisons;

static int compare(const void *left, const void *right)
{
    comparisons++;
    return *(const char *)left - *(const char *)right; // safe: null-dereference, out-of-bounds-read, dangling-pointer, signed-overflow, uninitialized-read
}

int main(void)
{
    char letters[4] = {'d', 'a', 'c', 'b'};
    qsort(letters, 4, 1, compare); // safe: out-of-bounds-read, out-of-bounds-write, invalid-call
    __ai_assert(comparisons == 0); // bug: assertion
    return 0;
}
