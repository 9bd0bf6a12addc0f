// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of an array counts up a parameter.

#include "../ai.h"

static int next(int n)
{
    int scratch[n++];
    scratch[0] = n; // safe: out-of-bounds-write
    return n;
}

int main(void)
{
    int n = __ai_any_int(), table[6] = {0};
    __ai_assume(n >= 1 && n <= 4);
    return table[next(n)]; // safe: out-of-bounds-read
}
