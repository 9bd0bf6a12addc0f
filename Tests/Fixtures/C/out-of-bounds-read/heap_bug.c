// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A heap block is read one element past its end.
// witness:

#include <stdlib.h>

int main(void)
{
    int *values = calloc(4, sizeof *values);
    if (!values)
        return 1;
    int last = values[4]; // bug: out-of-bounds-read
    free(values);
    return last;
}
