// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// qsort moves elements: the first is not what it was.
// witness:

#include "../ai.h"
#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    int a = *(const int *)left; // safe: null-dereference, out-of-bounds-read, dangling-pointer, misaligned-access, uninitialized-read
    int b = *(const int *)right; // safe: null-dereference, out-of-bounds-read, dangling-pointer, misaligned-access, uninitialized-read
    return a < b ? -1 : a > b;
}

int main(void)
{
    int values[3] = {9, 5, 7};
    qsort(values, 3, sizeof values[0], compare); // safe: out-of-bounds-read, out-of-bounds-write, invalid-call
    __ai_assert(values[0] == 9); // bug: assertion // safe: uninitialized-read
    return 0;
}
