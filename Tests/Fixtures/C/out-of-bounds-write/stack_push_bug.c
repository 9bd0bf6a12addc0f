// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A stack of fixed size without a check for "full".
// witness: 1, 10, 1, 20, 1, 30, 1, 40, 1, 50

#include "../ai.h"

static struct {
    int items[4];
    unsigned depth;
} stack;

static void push(int item)
{
    unsigned depth = stack.depth;
    if (depth <= 4) {
        stack.items[depth] = item; // bug: out-of-bounds-write
        stack.depth = depth + 1;
    }
}

int main(void)
{
    while (__ai_any_bool())
        push(__ai_any_int());
    return 0;
}
