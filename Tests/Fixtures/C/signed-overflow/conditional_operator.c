// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Each arm of the conditional operator is guarded by its condition.

#include "../ai.h"
#include <limits.h>

int main(void)
{
    int value = __ai_any_int();
    int next = value < INT_MAX ? value + 1 : value; // safe: signed-overflow
    int previous = value > INT_MIN ? value - 1 : value; // safe: signed-overflow
    return next > previous;
}
