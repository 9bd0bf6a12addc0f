// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function that returns a structure does so on every path.

#include "../ai.h"

struct interval {
    int low, high;
};

static struct interval ordered(int low, int high)
{
    if (low <= high)
        return (struct interval){low, high};
    else
        return (struct interval){high, low};
} // safe: missing-return

int main(void)
{
    struct interval found = ordered(__ai_any_int(), __ai_any_int());
    return found.low > found.high;
}
