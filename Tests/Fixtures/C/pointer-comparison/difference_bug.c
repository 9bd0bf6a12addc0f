// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The distance between two blocks of the heap.
// witness:

#include <stdlib.h>

int main(void)
{
    char *first = malloc(8);
    char *second = malloc(8);
    if (!first || !second)
        return 1;
    long distance = second - first; // bug: pointer-comparison
    free(first);
    free(second);
    return distance == 32;
}
