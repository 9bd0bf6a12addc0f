// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The result of malloc is checked.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned long size = __ai_any_ulong();
    __ai_assume(size >= 8 && size < 2000000);
    int *block = malloc(size);
    if (block == NULL)
        return 1;
    *block = 1; // safe: null-dereference, out-of-bounds-write
    free(block);
    return 0;
}
