// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What is left of a block behind its used part is cleared.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    size_t size = __ai_any_ushort(), used = __ai_any_ushort();
    if (used > size)
        return 1;
    char *block = malloc(size);
    if (!block)
        return 1;
    memset(block + used, 0, size - used); // safe: pointer-arithmetic // imprecise: out-of-bounds-write
    free(block);
    return 0;
}
