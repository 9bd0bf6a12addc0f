// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A ring buffer whose index is set back when it reaches the capacity.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned capacity = 1u + __ai_any_uchar(), at = 0;
    int *ring = malloc(capacity * sizeof *ring);
    if (!ring)
        return 1;
    while (__ai_any_bool()) {
        ring[at] = 1; // safe: out-of-bounds-write
        at++;
        if (at == capacity)
            at = 0;
    }
    free(ring);
    return 0;
}
