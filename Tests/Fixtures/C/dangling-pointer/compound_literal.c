// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A compound literal in the block of its user.

#include "../ai.h"

struct point {
    int x;
    int y;
};

static int norm(const struct point *point)
{
    return point->x + point->y; // safe: dangling-pointer, null-dereference, signed-overflow, uninitialized-read
}

int main(void)
{
    int x = __ai_any_short();
    struct point *point = &(struct point){.x = x};
    return norm(point) + norm(&(struct point){1, 2}) > 4; // safe: signed-overflow
}
