// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The result is set whenever the callee returns true: a relation between the two.

#include "../ai.h"

static int parse(int text, int *result)
{
    if (text < 0)
        return 0;
    *result = text;
    return 1;
}

int main(void)
{
    int value;
    if (!parse(__ai_any_int(), &value))
        return 1;
    if (value == 12) // safe: uninitialized-read
        return 2;
    return 0;
}
