// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Cells of a pool are linked by indices: each is below the size of the pool, or the size itself, which ends the list.

#include "../ai.h"

#define SIZE 128u

static unsigned char next[SIZE];
static unsigned char first, free_cells;

static void prepare(unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        next[i] = (unsigned char)(i + 1); // safe: out-of-bounds-write
    first = 0;
    free_cells = (unsigned char)size;
}

int main(void)
{
    unsigned size = __ai_any_uint();
    if (size > SIZE)
        return 1;
    prepare(size);
    while (__ai_any_bool()) {
        if (first == size)
            break;
        unsigned cell = first;
        __ai_assert(cell < size); // imprecise: assertion
        first = next[cell]; // safe: out-of-bounds-read
        free_cells--;
        if (__ai_any_bool()) {
            next[cell] = first; // safe: out-of-bounds-write
            first = (unsigned char)cell;
            free_cells++;
        }
        __ai_assert(free_cells <= size); // imprecise: assertion
    }
    return 0;
}
