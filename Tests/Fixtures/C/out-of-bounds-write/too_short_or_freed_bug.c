// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The write is outside of either block, and one of them has been freed.
// witness: 1, 2

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int *first = malloc(8);
    if (!first)
        return 1;
    int *second = malloc(8);
    if (!second)
        return 1;
    int *written = __ai_any_int() == 1 ? first : second;
    free(__ai_any_int() == 1 ? first : second);
    written[5] = 1; // bug: out-of-bounds-write // imprecise: use-after-free
    return 0;
}
