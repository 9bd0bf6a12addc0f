// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A volatile object may change between two reads: nothing is known of its value.

#include "../ai.h"

static volatile unsigned status = 3;

int main(void)
{
    unsigned first = status;
    unsigned second = status;
    __ai_assert(first == second); // imprecise: assertion
    unsigned low = status & 7;
    __ai_assert(low < 8); // safe: assertion
    return 0;
}
