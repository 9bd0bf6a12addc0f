// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Comparisons across signedness, as the language defines them.

#include "../ai.h"

int main(void)
{
    int negative = -1;
    unsigned one = 1;
    long wide = -1;
    __ai_assert(negative > one); // safe: assertion
    __ai_assert(wide < one); // safe: assertion
    __ai_assert((short)65535 < 0); // safe: assertion
    __ai_assert(sizeof(int) - 5 > 100); // safe: assertion
    return 0;
}
