// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A compound assignment to short computes in int and may overflow there.
// witness: 32767, 65540

#include "../ai.h"

int main(void)
{
    short gain = __ai_any_short();
    int level = __ai_any_int();
    __ai_assume(gain >= 0 && level >= 0);
    level *= gain; // bug: signed-overflow
    return level > 3;
}
