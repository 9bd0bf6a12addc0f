// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Each activation of a recursive function has its own local; the callee changes its caller's.
// witness:

#include "../ai.h"

static int descend(int depth, int *above)
{
    int local = depth;
    if (above)
        *above = 100; // safe: dangling-pointer
    if (depth > 0)
        descend(depth - 1, &local); // safe: signed-overflow
    __ai_assert(local == depth); // bug: assertion // imprecise: uninitialized-read
    return local; // imprecise: uninitialized-read
}

int main(void)
{
    return descend(2, 0);
}
