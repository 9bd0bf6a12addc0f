// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index goes around only when it has passed the size already.
// witness: 1, 1, 1, 1

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int seats = __ai_any_ushort();
    if (seats == 0)
        return 1;
    unsigned char *taken = malloc(seats);
    if (!taken)
        return 1;
    int place = 0;
    while (__ai_any_bool()) {
        taken[place] = 1; // bug: out-of-bounds-write
        if (++place > seats) // safe: signed-overflow
            place = 0;
    }
    free(taken);
    return 0;
}
