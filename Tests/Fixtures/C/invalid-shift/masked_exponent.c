// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A rotation masks its exponents.

#include "../ai.h"

static unsigned rotate_left(unsigned value, unsigned count)
{
    return value << (count & 31) | value >> (-count & 31); // safe: invalid-shift
}

int main(void)
{
    unsigned value = __ai_any_uint();
    unsigned count = __ai_any_uint();
    return rotate_left(value, count) == 1;
}
