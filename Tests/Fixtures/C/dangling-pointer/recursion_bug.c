// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The deepest activation leaves its address behind.
// witness: 3

#include "../ai.h"

static int *deepest;

static void descend(int depth)
{
    int level = depth;
    deepest = &level;
    if (depth > 0)
        descend(depth - 1); // safe: signed-overflow
}

int main(void)
{
    descend(__ai_any_uchar() % 10);
    return *deepest; // bug: dangling-pointer // safe: null-dereference // imprecise: uninitialized-read
}
