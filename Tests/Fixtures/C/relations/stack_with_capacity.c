// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A stack whose capacity is known at run time only, in a structure that is passed around.

#include "../ai.h"
#include <stdlib.h>

struct stack {
    long *items;
    size_t depth, capacity;
};

static int push(struct stack *stack, long item)
{
    if (stack->depth >= stack->capacity)
        return 0;
    stack->items[stack->depth++] = item; // imprecise: out-of-bounds-write
    return 1;
}

static int pop(struct stack *stack, long *item)
{
    if (stack->depth == 0)
        return 0;
    *item = stack->items[--stack->depth]; // imprecise: out-of-bounds-read, uninitialized-read
    return 1;
}

int main(void)
{
    struct stack stack = {.capacity = __ai_any_ushort()};
    long last = 0;
    stack.items = malloc(stack.capacity * sizeof *stack.items);
    if (!stack.items)
        return 1;
    while (__ai_any_bool()) {
        if (__ai_any_bool())
            push(&stack, __ai_any_long());
        else if (pop(&stack, &last) && last == 0) // safe: uninitialized-read
            break;
    }
    __ai_assert(stack.depth <= stack.capacity); // imprecise: assertion
    free(stack.items);
    return 0;
}
