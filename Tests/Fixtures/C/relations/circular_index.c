// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index goes around in an array of symbolic size: it starts again where it would reach the size.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int seats = __ai_any_uchar();
    if (seats == 0)
        return 1;
    unsigned char *taken = malloc(seats);
    if (!taken)
        return 1;
    for (int i = 0; i < seats; i++)
        taken[i] = 0; // safe: out-of-bounds-write
    int place = 0, previous = seats - 1;
    while (__ai_any_bool()) {
        taken[place] = 1; // safe: out-of-bounds-write
        if (taken[previous]) // safe: out-of-bounds-read, uninitialized-read
            taken[place] = 2; // safe: out-of-bounds-write
        previous = place;
        if (++place == seats) // safe: signed-overflow
            place = 0;
        __ai_assert(place >= 0 && place < seats); // safe: assertion
    }
    free(taken);
    return 0;
}
