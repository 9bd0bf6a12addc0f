// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The count is forgotten in the size of the block.
// witness: 3

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned count = __ai_any_uint();
    if (count == 0 || count > 10)
        return 1;
    long *values = malloc(count);
    if (!values)
        return 1;
    values[0] = 1; // bug: out-of-bounds-write
    free(values);
    return 0;
}
