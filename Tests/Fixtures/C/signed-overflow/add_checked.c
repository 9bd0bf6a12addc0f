// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of two readings, each checked against its range first.

#include "../ai.h"

int main(void)
{
    int left = __ai_any_int();
    int right = __ai_any_int();
    if (left < -1000000 || left > 1000000)
        return 1;
    if (right < -1000000 || right > 1000000)
        return 1;
    int total = left + right; // safe: signed-overflow
    return total > 0;
}
