// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Both the error path and the end free the block.
// witness: 1

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char *buffer = malloc(16);
    if (!buffer)
        return 1;
    if (__ai_any_bool())
        free(buffer);
    free(buffer); // bug: invalid-free
    return 0;
}
