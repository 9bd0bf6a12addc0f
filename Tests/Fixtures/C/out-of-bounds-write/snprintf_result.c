// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The result of snprintf is limited to the buffer.

#include "../ai.h"
#include <stdio.h>

int main(void)
{
    char text[6];
    int value = __ai_any_int();
    int length = snprintf(text, sizeof text, "%d", value); // safe: out-of-bounds-write
    if (length < 0)
        return 1;
    if (length > 5)
        length = 5;
    text[length] = 0; // safe: out-of-bounds-write
    return 0;
}
