// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of what is used and what is asked for wraps, and a block that does not fit is given.
// witness: 100, 1, 60, 1, 18446744073709551606

#include "../ai.h"
#include <stdlib.h>

struct arena {
    unsigned char *memory;
    size_t used, capacity;
};

static unsigned char *allocate(struct arena *arena, size_t size)
{
    if (arena->used + size > arena->capacity)
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
            block[i] = 1; // bug: out-of-bounds-write
    }
    free(arena.memory);
    return 0;
}
