// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The new part of a grown block has no value.
// witness:

#include <stdlib.h>

int main(void)
{
    int *values = calloc(2, sizeof *values);
    if (!values)
        return 1;
    int *grown = realloc(values, 4 * sizeof *grown);
    if (!grown) {
        free(values); // imprecise: invalid-free
        return 1;
    }
    if (grown[0] == 0 && grown[3] == 0) // bug: uninitialized-read
        return 2;
    free(grown);
    return 0;
}
