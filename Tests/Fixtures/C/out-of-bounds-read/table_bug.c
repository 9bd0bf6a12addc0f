// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A table of month lengths, indexed by a month that counts from one.
// witness: 12

#include "../ai.h"

static const unsigned char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

int main(void)
{
    int month = __ai_any_int();
    if (month < 1 || month > 12)
        return 1;
    return days[month]; // bug: out-of-bounds-read
}
