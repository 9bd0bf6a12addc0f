// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A limit doubles until it holds what is needed.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned needed = __ai_any_ushort(), capacity = 8;
    while (capacity < needed)
        capacity *= 2;
    char *block = malloc(capacity);
    if (!block)
        return 1;
    for (unsigned i = 0; i < needed; i++)
        block[i] = 1; // safe: out-of-bounds-write
    free(block);
    return 0;
}
