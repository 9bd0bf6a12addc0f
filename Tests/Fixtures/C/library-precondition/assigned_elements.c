// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Elements are exchanged through pointers. That two of them are one or apart follows from their size.

#include "../ai.h"

struct words {
    int word[3];
};

static void exchange(struct words *first, struct words *second)
{
    struct words saved = *first;
    *first = *second; // imprecise: library-precondition
    *second = saved;  // safe: library-precondition
}

int main(void)
{
    struct words table[4] = {{{0}}};
    unsigned i = __ai_any_uint() % 4, j = __ai_any_uint() % 4;
    exchange(&table[i], &table[j]);
    return 0;
}
