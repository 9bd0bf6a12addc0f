// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Only one branch sets the result.
// witness: 4

#include "../ai.h"

static int parse(int text, int *result)
{
    if (text < 0)
        return 0;
    if (text > 10)
        *result = text;
    return 1;
}

int main(void)
{
    int value;
    if (!parse(__ai_any_int(), &value))
        return 1;
    if (value == 12) // bug: uninitialized-read
        return 2;
    return 0;
}
