// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A compound literal lives as long as the block that it stands in.
// witness: 1

#include "../ai.h"

struct point {
    int x;
    int y;
};

int main(void)
{
    struct point origin = {0, 0};
    struct point *point = &origin;
    if (__ai_any_bool()) {
        point = &(struct point){.x = 1, .y = 2};
    }
    return point->x; // bug: dangling-pointer
}
