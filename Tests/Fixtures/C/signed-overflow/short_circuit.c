// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The check stands before the sum that it protects.

#include "../ai.h"

int main(void)
{
    int value = __ai_any_int();
    if (value < 2147483647 && value + 1 > 0) // safe: signed-overflow
        return 1;
    return 0;
}
