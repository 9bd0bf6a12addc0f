// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Each turn asks for a block of its own, and gives up where there is none.

#include "../ai.h"
#include <stdlib.h>

static int *pair(int first, int second)
{
    int *pair = malloc(2 * sizeof *pair);
    if (pair == NULL)
        return NULL;
    pair[0] = first;  // safe: out-of-bounds-write, null-dereference
    pair[1] = second; // safe: out-of-bounds-write, null-dereference
    return pair;
}

int main(void)
{
    unsigned sum = 0;
    for (int i = 0; i < 100; i++) {
        int *one = pair(i, 2 * i); // safe: signed-overflow
        if (one == NULL)
            break;
        sum += (unsigned)one[0] + (unsigned)one[1]; // safe: uninitialized-read, use-after-free, null-dereference
        free(one);                                  // safe: invalid-free
    }
    return sum > 100;
}
