// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two functions that call each other: their results are truth values.

#include "../ai.h"

static int is_odd(unsigned n);

static int is_even(unsigned n)
{
    if (n == 0)
        return 1;
    return is_odd(n - 1);
}

static int is_odd(unsigned n)
{
    if (n == 0)
        return 0;
    return is_even(n - 1);
}

int main(void)
{
    unsigned n = __ai_any_uint() % 1000;
    int even = is_even(n);
    __ai_assert(even >= 0 && even <= 1); // safe: assertion
    return even;
}
