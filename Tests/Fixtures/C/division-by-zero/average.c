// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The average is asked only of a positive number of samples.

#include "../ai.h"

int main(void)
{
    int total = __ai_any_int();
    int count = __ai_any_int();
    int average = 0;
    if (count > 0)
        average = total / count; // safe: division-by-zero, signed-overflow
    return average > 5;
}
