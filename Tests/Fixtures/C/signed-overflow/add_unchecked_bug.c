// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of two readings, with no limit on either.
// witness: 2147483647, 1

#include "../ai.h"

int main(void)
{
    int left = __ai_any_int();
    int right = __ai_any_int();
    int total = left + right; // bug: signed-overflow
    return total > 0;
}
