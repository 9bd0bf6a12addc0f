// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two calls of the outermost activation enter the same recursion; the second brings it values that the first did not.

#include "../ai.h"

static int step(int depth, int value, int isFirst);

static int walk(int depth, int value, int isFirst)
{
    if (depth <= 0)
        return value;
    int near = step(depth - 1, value, 0);
    __ai_assert(near <= 100); // safe: assertion
    if (isFirst) {
        int far = step(depth - 1, 100, 0);
        __ai_assert(far >= 1); // safe: assertion
        if (far > near)
            near = far;
    }
    return near;
}

static int step(int depth, int value, int isFirst)
{
    return walk(depth, value, isFirst);
}

int main(void)
{
    int result = walk(__ai_any_uchar() % 10, 1, 1);
    __ai_assert(result >= 1 && result <= 100); // safe: assertion
    return 0;
}
