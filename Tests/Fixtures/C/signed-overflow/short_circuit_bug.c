// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The check stands on the wrong side of the short circuit.
// witness: 2147483647

#include "../ai.h"

int main(void)
{
    int value = __ai_any_int();
    if (value + 1 > 0 && value < 2147483647) // bug: signed-overflow
        return 1;
    return 0;
}
