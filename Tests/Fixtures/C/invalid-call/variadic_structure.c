// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Structures as variable arguments.

#include "../ai.h"

#include <stdarg.h>

struct point {
    int x, y;
};

struct range {
    int low, high;
};

static int width(int count, ...)
{
    va_list list;
    va_start(list, count);
    struct point point = va_arg(list, struct point); // safe: invalid-call
    struct range range = va_arg(list, struct range); // safe: invalid-call
    va_end(list);
    __ai_assert(point.y == 2); // safe: assertion
    return point.x + range.high - range.low; // safe: signed-overflow
}

int main(void)
{
    struct point point = {0, 2};
    struct range range = {3, 3};
    return width(2, point, range);
}
