// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Structures are copied by value: parameters, results and assignments.

#include "../ai.h"

struct point {
    int x;
    int y;
};

struct segment {
    struct point from;
    struct point to;
};

static struct point moved(struct point point, int by)
{
    point.x += by; // safe: signed-overflow
    return point;
}

int main(void)
{
    struct segment segment = {{1, 2}, {3, 4}};
    struct segment copy = segment;
    copy.to = moved(segment.from, 10);
    __ai_assert(segment.from.x == 1); // safe: assertion
    __ai_assert(segment.to.x == 3); // safe: assertion
    __ai_assert(copy.to.x == 11 && copy.to.y == 2); // safe: assertion
    return moved(copy.to, 1).x - 12;
}
