// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A block of symbolic size, filled below that size: that is a relation.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned count = __ai_any_uint();
    if (count == 0 || count > 10)
        return 1;
    long *values = malloc(count * sizeof *values);
    if (!values)
        return 1;
    for (unsigned i = 0; i < count; i++)
        values[i] = 1; // safe: null-dereference, misaligned-access, out-of-bounds-write
    free(values); // safe: invalid-free
    return 0;
}
