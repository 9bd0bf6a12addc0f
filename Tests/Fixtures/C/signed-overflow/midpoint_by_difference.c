// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The midpoint of a binary search, written so that no sum of indices is needed.

#include "../ai.h"

int main(void)
{
    int low = __ai_any_int();
    int high = __ai_any_int();
    __ai_assume(0 <= low && low <= 100000);
    __ai_assume(0 <= high && high <= 100000);
    int middle = low + (high - low) / 2; // safe: signed-overflow, division-by-zero
    return middle == 7;
}
