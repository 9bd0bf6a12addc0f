// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A local array is filled up to a count; only that part is read.

#include "../ai.h"

int main(void)
{
    int values[64], sum = 0;
    int count = __ai_any_uchar();
    if (count > 64)
        return 1;
    for (int i = 0; i < count; i++)
        values[i] = i;
    for (int i = 0; i < count; i++)
        sum += values[i]; // safe: uninitialized-read // imprecise: signed-overflow
    return sum == 6;
}
