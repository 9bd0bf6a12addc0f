// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a parameter counts on when the function is called.
//
// witness:

#include "../ai.h"

static int next(int n, int values[n++])
{
    int two[2] = {values[0], 7};
    return two[n]; // bug: out-of-bounds-read
}

int main(void)
{
    int value = 1;
    return next(1, &value);
}
