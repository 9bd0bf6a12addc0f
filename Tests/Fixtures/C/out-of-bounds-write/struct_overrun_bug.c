// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A name is read with the size of the whole structure as its limit.
// witness:
// bytes: 6161616161616161616161616161616161

#include "../ai.h"
#include <stdlib.h>

struct user {
    int id;
    char name[8];
};

int main(void)
{
    struct user *user = malloc(sizeof *user);
    if (!user)
        return 1;
    user->id = 1;
    __ai_any_bytes(user->name, sizeof *user); // bug: out-of-bounds-write
    free(user);
    return 0;
}
