// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Structures are assigned that are one or apart: variables, elements, targets of pointers.

#include "../ai.h"

struct words {
    int word[3];
};

static struct words table[4], spare;

static void move(struct words *to, const struct words *from)
{
    *to = *from; // safe: library-precondition
}

int main(void)
{
    unsigned i = __ai_any_uint() % 4, j = __ai_any_uint() % 4;
    struct words saved = table[i];
    table[i] = table[j]; // safe: library-precondition
    table[j] = saved;    // safe: library-precondition
    move(&spare, &table[i]);
    move(&table[2], &table[1]);
    move(&table[1], &table[1]);
    struct words *here = &table[i];
    saved = *here; // safe: library-precondition
    *here = saved; // safe: library-precondition
    return 0;
}
