// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A variable argument is read as another structure of the same size.
//
// witness:
// confirmed-by: reasoning - C11 7.16.1.1p2: the types are not compatible

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
    struct point point = va_arg(list, struct point);
    struct range range = va_arg(list, struct range); // bug: invalid-call
    va_end(list);
    return point.x + range.high - range.low;
}

int main(void)
{
    struct point point = {0, 2};
    return width(2, point, point);
}
