// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Blocks are cut from an arena: what is used is at most its capacity, and a block fits into the rest or is refused.

#include "../ai.h"
#include <stdlib.h>

struct arena {
    unsigned char *memory;
    size_t used, capacity;
};

static unsigned char *allocate(struct arena *arena, size_t size)
{
    size_t room = arena->capacity - arena->used;
    if (size > room)
        return NULL;
    unsigned char *block = arena->memory + arena->used; // imprecise: pointer-arithmetic
    arena->used += size;
    return block;
}

int main(void)
{
    size_t capacity = __ai_any_ushort();
    struct arena arena = {malloc(capacity), 0, capacity};
    if (!arena.memory)
        return 1;
    while (__ai_any_bool()) {
        size_t size = __ai_any_ulong();
        unsigned char *block = allocate(&arena, size);
        if (!block)
            break;
        for (size_t i = 0; i < size; i++)
            block[i] = 1; // imprecise: out-of-bounds-write
        __ai_assert(arena.used <= arena.capacity); // imprecise: assertion
    }
    free(arena.memory);
    return 0;
}
