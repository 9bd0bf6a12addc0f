// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A push is refused only when the stack is already one element too deep.
// witness: 1, 1, 1, 1

#include "../ai.h"
#include <stdlib.h>

struct stack {
    long *items;
    size_t depth, capacity;
};

static int push(struct stack *stack, long item)
{
    if (stack->depth > stack->capacity)
        return 0;
    stack->items[stack->depth++] = item; // bug: out-of-bounds-write
    return 1;
}

int main(void)
{
    struct stack stack = {.capacity = __ai_any_ushort()};
    if (stack.capacity == 0)
        return 1;
    stack.items = malloc(stack.capacity * sizeof *stack.items);
    if (!stack.items)
        return 1;
    while (__ai_any_bool())
        push(&stack, 1);
    free(stack.items);
    return 0;
}
