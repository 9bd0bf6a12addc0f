// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A signed number is compared with an unsigned one and loses its sign.
// witness: -1

#include "../ai.h"

int main(void)
{
    int reading = __ai_any_int();
    unsigned limit = 100;
    if (reading < 0)
        __ai_assert(reading < limit); // bug: assertion
    return 0;
}
