// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The count is limited from above and from below before it becomes a size.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned long count = __ai_any_ulong();
    unsigned long index = __ai_any_ulong() % 16;
    if (count < 16 || count > 1000)
        return 1;
    long *values = malloc(count * sizeof *values);
    if (!values)
        return 1;
    values[index] = 1; // safe: out-of-bounds-write, null-dereference, misaligned-access
    free(values); // safe: invalid-free
    return 0;
}
