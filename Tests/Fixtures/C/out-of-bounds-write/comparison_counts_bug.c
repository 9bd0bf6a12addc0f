// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A comparison function counts its calls in an array that is too small for them.
// witness:

#include <stdlib.h>

static int count;
static int buf[4];
static int cmp(const void *a, const void *b)
{
    buf[count++] = 1; // bug: out-of-bounds-write
    return *(const int *)a - *(const int *)b; // imprecise: signed-overflow
}

int main(void)
{
    int v[6] = {5, 3, 9, 1, 7, 2};
    qsort(v, 6, sizeof *v, cmp);
    return v[0];
}
