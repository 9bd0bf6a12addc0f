// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// qsort moves elements: the first is not what it was.
// witness:

#include "../ai.h"
#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    int a = *(const int *)left; // imprecise: null-dereference, out-of-bounds-read, misaligned-access, dangling-pointer
    int b = *(const int *)right; // imprecise: null-dereference, out-of-bounds-read, misaligned-access, dangling-pointer
    return a < b ? -1 : a > b;
}

int main(void)
{
    int values[3] = {9, 5, 7};
    qsort(values, 3, sizeof values[0], compare); // imprecise: out-of-bounds-read, out-of-bounds-write, invalid-call
    __ai_assert(values[0] == 9); // bug: assertion
    return 0;
}
