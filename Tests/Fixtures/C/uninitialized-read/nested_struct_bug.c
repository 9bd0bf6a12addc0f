// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One member of an inner structure is forgotten.
// witness: 3

#include "../ai.h"

struct vector {
    int x;
    int y;
};

struct body {
    struct vector position;
    struct vector speed;
};

static void place(struct body *body, int where)
{
    body->position.x = where;
    body->position.y = where;
    body->speed.x = 0;
}

int main(void)
{
    struct body body;
    place(&body, __ai_any_int());
    if (body.speed.x == 0 && body.speed.y == 0) // bug: uninitialized-read
        return 1;
    return 0;
}
