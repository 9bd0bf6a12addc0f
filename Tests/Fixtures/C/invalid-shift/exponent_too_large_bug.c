// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A mask of n bits, for n up to and including the width.
// witness: 32

#include "../ai.h"

static unsigned mask(unsigned bits)
{
    return (1u << bits) - 1; // bug: invalid-shift
}

int main(void)
{
    unsigned bits = __ai_any_uint();
    __ai_assume(bits <= 32);
    return mask(bits) == 0xff;
}
