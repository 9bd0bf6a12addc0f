// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The absolute value with the one bad case answered first.

#include "../ai.h"
#include <limits.h>

static int magnitude(int value)
{
    if (value == INT_MIN)
        return INT_MAX;
    if (value < 0)
        return -value; // safe: signed-overflow
    return value;
}

int main(void)
{
    int reading = __ai_any_int();
    return magnitude(reading) > 100;
}
