// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Which of two arrays comes first in memory is not for C to say.
// witness: 3

#include "../ai.h"

int main(void)
{
    int low[4] = {0}, high[4] = {0};
    int *cursor = low;
    if (__ai_any_int() > 2)
        cursor = high;
    if (cursor < low + 4) // bug: pointer-comparison
        return 1;
    return high[0];
}
