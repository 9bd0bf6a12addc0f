// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A stack of fixed size that refuses to push when it is full.

#include "../ai.h"

static struct {
    int items[4];
    unsigned depth;
} stack;

static int push(int item)
{
    unsigned depth = stack.depth;
    if (depth >= 4)
        return 0;
    stack.items[depth] = item; // safe: out-of-bounds-write
    stack.depth = depth + 1;
    return 1;
}

int main(void)
{
    int refused = 0;
    while (__ai_any_bool()) {
        if (!push(__ai_any_int()))
            refused = 1;
    }
    return refused;
}
