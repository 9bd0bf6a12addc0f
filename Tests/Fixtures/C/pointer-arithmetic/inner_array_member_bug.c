// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The end of an array inside a record has no members, though the record goes on behind it.
// witness: 2
// confirmed-by: reasoning - C11 6.5.6p8

#include "../ai.h"

struct point {
    int x, y;
};

struct shape {
    struct point points[2];
    struct point centre;
};

int main(void)
{
    struct shape shape = {{{1, 2}, {3, 4}}, {5, 6}};
    int index = __ai_any_int();
    if (index < 0 || index > 2)
        return 0;
    int *found = &shape.points[index].y; // bug: pointer-arithmetic
    return *found;
}
