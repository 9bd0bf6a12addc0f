// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A heap block from calloc is all zero and readable up to its end.

#include <stdlib.h>

int main(void)
{
    int *values = calloc(4, sizeof *values);
    if (!values)
        return 1;
    int last = values[3] + 1; // safe: out-of-bounds-read, null-dereference, signed-overflow, uninitialized-read
    free(values); // safe: invalid-free
    return last;
}
