// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The block is freed on an error path that returns.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int *counter = calloc(1, sizeof *counter);
    if (!counter)
        return 1;
    if (__ai_any_bool()) {
        free(counter); // safe: invalid-free
        return 1;
    }
    *counter = __ai_any_int(); // safe: use-after-free, null-dereference
    free(counter); // safe: invalid-free
    return 0;
}
