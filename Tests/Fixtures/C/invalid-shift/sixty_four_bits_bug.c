// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The operand of the shift is an int although the result is wide.
// witness: 40, 7

#include "../ai.h"

int main(void)
{
    unsigned position = __ai_any_uint() % 64;
    unsigned long long set = __ai_any_ulonglong() & 0;
    set |= 1u << position; // bug: invalid-shift
    return set == 0;
}
