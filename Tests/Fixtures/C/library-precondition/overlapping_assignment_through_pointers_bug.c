// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A structure is assigned to one that begins inside of it, for one of two places.
// witness: 1

#include "../ai.h"
#include <stdlib.h>

struct words {
    int word[3];
};

static void move(struct words *to, const struct words *from)
{
    *to = *from; // bug: library-precondition
}

int main(void)
{
    int *space = calloc(6, sizeof *space);
    if (!space)
        return 0;
    move((struct words *)(space + (__ai_any_bool() ? 2 : 3)), (struct words *)space);
    free(space);
    return 0;
}
