// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A mask of n bits, with the full width handled apart.

#include "../ai.h"

static unsigned mask(unsigned bits)
{
    if (bits >= 32)
        return 0xffffffffu;
    return (1u << bits) - 1; // safe: invalid-shift
}

int main(void)
{
    unsigned bits = __ai_any_uint();
    return mask(bits) == 0xff;
}
