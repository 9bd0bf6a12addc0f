// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The textbook midpoint of a binary search, on large indices.
// witness: 2000000000, 2147483000

#include "../ai.h"

int main(void)
{
    int low = __ai_any_int();
    int high = __ai_any_int();
    __ai_assume(0 <= low);
    __ai_assume(0 <= high);
    int middle = (low + high) / 2; // bug: signed-overflow
    return middle == 7;
}
