// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One counter counts up, another down, together they are the size.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned size = __ai_any_ushort(), done = 0, left = size;
    char *block = malloc(size);
    if (!block)
        return 1;
    while (left > 0) {
        block[done] = 1; // safe: out-of-bounds-write
        done++;
        left--;
    }
    __ai_assert(done == size); // safe: assertion
    free(block);
    return 0;
}
