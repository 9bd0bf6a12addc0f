// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A table of month lengths, with the month moved to count from zero.

#include "../ai.h"

static const unsigned char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

int main(void)
{
    int month = __ai_any_int();
    if (month < 1 || month > 12)
        return 1;
    return days[month - 1]; // safe: out-of-bounds-read, signed-overflow
}
