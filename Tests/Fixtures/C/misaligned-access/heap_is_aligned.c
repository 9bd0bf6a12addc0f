// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Memory from malloc is aligned for every type; multiples of eight stay so.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char *block = calloc(8, 8);
    if (!block)
        return 1;
    unsigned slot = __ai_any_uint() % 8;
    long *value = (long *)(block + slot * 8);
    *value = 1; // safe: out-of-bounds-write, misaligned-access
    free(block);
    return 0;
}
