// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index that runs down from the count is used before it is decreased.
// witness: 3

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t count = __ai_any_ushort();
    unsigned *values = malloc(count * sizeof *values);
    if (!values)
        return 1;
    for (size_t i = count; i > 0; i--)
        values[i] = (unsigned)i; // bug: out-of-bounds-write
    free(values);
    return 0;
}
