// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The operands are widened before they are added.

#include "../ai.h"

int main(void)
{
    int left = __ai_any_int();
    int right = __ai_any_int();
    long long total = (long long)left + right; // safe: signed-overflow
    if (total > 2147483647)
        total = 2147483647;
    if (total < -2147483647 - 1)
        total = -2147483647 - 1;
    int saturated = (int)total;
    return saturated > 0;
}
