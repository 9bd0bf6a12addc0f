// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// qsort and its callback on a small array.

#include <stdlib.h>

static int ascending(const void *left, const void *right)
{
    int a = *(const int *)left; // imprecise: null-dereference, out-of-bounds-read, misaligned-access, dangling-pointer
    int b = *(const int *)right; // imprecise: null-dereference, out-of-bounds-read, misaligned-access, dangling-pointer
    return a < b ? -1 : a > b;
}

int main(void)
{
    int values[5] = {5, 3, 9, 1, 7};
    qsort(values, 5, sizeof values[0], ascending); // imprecise: out-of-bounds-read, out-of-bounds-write, invalid-call
    return values[0] == 1; // safe: out-of-bounds-read
}
