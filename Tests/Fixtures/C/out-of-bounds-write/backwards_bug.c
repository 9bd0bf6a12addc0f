// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A backwards loop with an unsigned counter never gets below zero; it wraps.
// witness:

#include <stdlib.h>

int main(void)
{
    int *values = malloc(10 * sizeof(int));
    if (!values)
        return 1;
    for (unsigned char i = 9; i >= 0; i--)
        values[i] = i; // bug: out-of-bounds-write // safe: misaligned-access
    return 0;
}
