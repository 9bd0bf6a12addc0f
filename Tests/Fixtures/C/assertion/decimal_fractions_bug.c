// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Ten times a tenth is not one.
// witness:

#include "../ai.h"

int main(void)
{
    double sum = 0.0;
    for (int i = 0; i < 10; i++)
        sum += 0.1;
    __ai_assert(sum == 1.0); // bug: assertion
    return 0;
}
