// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A recursion gives each call the rest of an array, and the length of that rest.

#include "../ai.h"

static unsigned char values[256];

static unsigned sum(const unsigned char *p, unsigned length)
{
    if (length == 0)
        return 0;
    return p[0] + sum(p + 1, length - 1); // safe: pointer-arithmetic // imprecise: out-of-bounds-read
}

int main(void)
{
    __ai_any_bytes(values, sizeof values);
    unsigned length = __ai_any_uint();
    if (length > sizeof values)
        length = sizeof values;
    return sum(values + sizeof values - length, length) == 12; // safe: pointer-arithmetic
}
