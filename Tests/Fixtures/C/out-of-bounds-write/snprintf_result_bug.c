// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// snprintf returns the length that it would have liked to write.
// witness: 1234567

#include "../ai.h"
#include <stdio.h>

int main(void)
{
    char text[6];
    int value = __ai_any_int();
    __ai_assume(value >= 0);
    int length = snprintf(text, sizeof text, "%d", value);
    if (length < 0)
        return 1;
    text[length] = 0; // bug: out-of-bounds-write
    return 0;
}
