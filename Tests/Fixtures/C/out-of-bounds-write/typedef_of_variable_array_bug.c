// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a typedef is that of where it stands; "room for both" comes too late.
//
// witness: 5

#include "../ai.h"

int main(void)
{
    int n = __ai_any_int();
    __ai_assume(n >= 1 && n <= 10);
    typedef int line[n];
    n *= 2;
    line both;
    for (int i = 0; i < n; i++)
        both[i] = i; // bug: out-of-bounds-write
    return both[0];
}
