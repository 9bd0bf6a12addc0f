// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The block is freed on an error path that goes on.
// witness: 1, 5

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int *counter = calloc(1, sizeof *counter);
    if (!counter)
        return 1;
    _Bool failed = __ai_any_bool();
    int amount = __ai_any_int();
    if (failed)
        free(counter);
    *counter = amount; // bug: use-after-free
    return 0;
}
