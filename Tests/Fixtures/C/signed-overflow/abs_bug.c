// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// abs of the most negative int.
// witness: -2147483648

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int value = __ai_any_int();
    int magnitude = abs(value); // bug: signed-overflow
    return magnitude > 3;
}
