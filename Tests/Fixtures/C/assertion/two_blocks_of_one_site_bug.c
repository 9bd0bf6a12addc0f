// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two blocks from one call of malloc are two objects.
// witness:

#include "../ai.h"
#include <stdlib.h>

static int *make(int value)
{
    int *cell = malloc(sizeof *cell);
    if (!cell)
        exit(1);
    *cell = value;
    return cell;
}

int main(void)
{
    int *first = make(1);
    int *second = make(2);
    int before = *first;
    *second = 9;
    __ai_assert(before == 1); // safe: assertion
    __ai_assert(*first == *second); // bug: assertion // safe: uninitialized-read
    return 0;
}
