// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Only elements with an even index are visited.

#include "../ai.h"
#include <stdlib.h>

static void clear_even(char *flags, size_t size)
{
    for (size_t i = 0; i < size; i += 2)
        flags[i] = 0; // safe: out-of-bounds-write
}

int main(void)
{
    size_t size = __ai_any_ushort();
    char *flags = malloc(size);
    if (!flags)
        return 1;
    clear_even(flags, size);
    free(flags);
    return 0;
}
