// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A shift by a difference that may be negative.
// witness: 3

#include "../ai.h"

int main(void)
{
    int scale = __ai_any_int();
    __ai_assume(scale >= 0 && scale <= 8);
    unsigned value = 200u >> (scale - 4); // bug: invalid-shift
    return value == 100;
}
