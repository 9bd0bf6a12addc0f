// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A stack in a structure with its depth and capacity, pushed and popped behind calls.

#include "../ai.h"
#include <stdlib.h>

struct stack {
    unsigned depth, capacity;
    int *cells;
};

static int push(struct stack *stack, int value)
{
    if (stack->depth >= stack->capacity)
        return 0;
    stack->cells[stack->depth++] = value; // imprecise: out-of-bounds-write
    return 1;
}

int main(void)
{
    struct stack stack = {0, __ai_any_uchar(), NULL};
    stack.cells = malloc(stack.capacity * sizeof *stack.cells);
    if (!stack.cells)
        return 1;
    while (__ai_any_bool())
        push(&stack, 4);
    __ai_assert(stack.depth <= stack.capacity); // imprecise: assertion
    free(stack.cells);
    return 0;
}
