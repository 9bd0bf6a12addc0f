// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The average of no samples.
// witness: 10, 0

#include "../ai.h"

int main(void)
{
    int total = __ai_any_int();
    int count = __ai_any_int();
    __ai_assume(count >= 0 && count < 100);
    int average = total / count; // bug: division-by-zero // safe: signed-overflow
    return average > 5;
}
