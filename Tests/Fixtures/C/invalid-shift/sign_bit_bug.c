// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A flag in the sign bit, made by shifting a signed one.
// witness: 31

#include "../ai.h"

int main(void)
{
    int bit = __ai_any_int();
    if (bit < 0 || bit > 31)
        return 1;
    int flag = 3 << bit; // bug: invalid-shift
    return flag == 6;
}
