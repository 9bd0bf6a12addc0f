// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a typedef is that of where it stands, whatever becomes of the variable.

#include "../ai.h"

int main(void)
{
    int n = __ai_any_int(), sum = 0;
    __ai_assume(n >= 1 && n <= 10);
    typedef int line[n];
    int count = n;
    n = 0;
    line both;
    for (int i = 0; i < count; i++)
        both[i] = i; // safe: out-of-bounds-write
    for (int i = 0; i < count; i++)
        sum += both[i]; // safe: out-of-bounds-read, uninitialized-read // imprecise: signed-overflow
    return sum == n;
}
