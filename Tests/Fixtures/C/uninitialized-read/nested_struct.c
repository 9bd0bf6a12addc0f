// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// All members of an inner structure are set, through a pointer to it.

#include "../ai.h"

struct vector {
    int x;
    int y;
};

struct body {
    struct vector position;
    struct vector speed;
};

static void reset(struct vector *vector, int value)
{
    vector->x = value; // safe: out-of-bounds-write, null-dereference
    vector->y = value;
}

int main(void)
{
    struct body body;
    reset(&body.position, __ai_any_int());
    reset(&body.speed, 0);
    struct body later = body;
    if (later.speed.x == 0 && later.position.y > 3) // safe: uninitialized-read
        return 1;
    return 0;
}
