// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A write through one of two pointers leaves the other target as it was.
// witness: 0

#include "../ai.h"

int main(void)
{
    int first = 1, second = 1;
    int *chosen = __ai_any_bool() ? &first : &second;
    *chosen = 5;
    __ai_assert(first == 5); // bug: assertion
    return 0;
}
