// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index from outside is clamped to the last element.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int count = 1 + __ai_any_uchar();
    int *table = calloc((size_t)count, sizeof *table); // safe: out-of-bounds-write
    if (!table)
        return 1;
    int index = __ai_any_int();
    if (index < 0)
        index = 0;
    if (index >= count)
        index = count - 1;
    int answer = table[index]; // safe: out-of-bounds-read, uninitialized-read
    free(table);
    return answer;
}
