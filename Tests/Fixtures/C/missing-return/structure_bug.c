// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function that returns a structure ends without one for an empty interval, and its caller uses what it gets.
// witness: 3, 2
// confirmed-by: reasoning - C11 6.9.1p12

#include "../ai.h"

struct interval {
    int low, high;
};

static struct interval ordered(int low, int high)
{
    if (low <= high) {
        struct interval result = {low, high};
        return result;
    }
} // bug: missing-return

int main(void)
{
    int low = __ai_any_int(), high = __ai_any_int();
    struct interval found = ordered(low, high);
    found.low = 0;
    return found.low;
}
