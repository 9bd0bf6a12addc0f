// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The size of a block is a product that wraps around; a small block answers for a huge request.
// witness: 2305843009213693953, 4

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned long count = __ai_any_ulong();
    unsigned long index = __ai_any_ulong() % 16;
    if (count < 16)
        return 1;
    long *values = malloc(count * sizeof *values);
    if (!values)
        return 1;
    values[index] = 1; // bug: out-of-bounds-write // safe: misaligned-access
    free(values);
    return 0;
}
