// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Values that are written where they are set, and a counter of their bits.
#include <stdio.h>

#include "../ai.h"

int main(void)
{
    int level;
    double share;
    int isSet = __ai_any_bool();
    if (isSet) {
        level = 3;
        share = 0.5;
    }
    if (isSet)
        printf("%d %.*f\n", level, level, share); // safe: uninitialized-read
    unsigned mask;
    for (int i = 0; i < 3; i++)
        mask = i ? mask << 1 : 1u;     // safe: uninitialized-read
    return __builtin_popcount(mask) > 32; // safe: uninitialized-read
}
