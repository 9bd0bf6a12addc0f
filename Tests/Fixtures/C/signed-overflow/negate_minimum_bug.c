// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The absolute value of the most negative integer does not exist.
// witness: -2147483648

#include "../ai.h"

static int magnitude(int value)
{
    if (value < 0)
        return -value; // bug: signed-overflow
    return value;
}

int main(void)
{
    int reading = __ai_any_int();
    return magnitude(reading) > 100;
}
