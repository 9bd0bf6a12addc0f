// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// qsort and its callback on a small array.

#include <stdlib.h>

static int ascending(const void *left, const void *right)
{
    int a = *(const int *)left; // safe: null-dereference, out-of-bounds-read, dangling-pointer, misaligned-access, uninitialized-read
    int b = *(const int *)right; // safe: null-dereference, out-of-bounds-read, dangling-pointer, misaligned-access, uninitialized-read
    return a < b ? -1 : a > b;
}

int main(void)
{
    int values[5] = {5, 3, 9, 1, 7};
    qsort(values, 5, sizeof values[0], ascending); // safe: out-of-bounds-read, out-of-bounds-write, invalid-call
    return values[0] == 1; // safe: out-of-bounds-read, uninitialized-read
}
