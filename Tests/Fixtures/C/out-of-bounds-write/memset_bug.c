// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The size of the pointer's array type is not the size of the block.
// witness:

#include <stdlib.h>
#include <string.h>

int main(void)
{
    int *counters = malloc(6);
    if (!counters)
        return 1;
    memset(counters, 0, 2 * sizeof *counters); // bug: out-of-bounds-write
    free(counters);
    return 0;
}
