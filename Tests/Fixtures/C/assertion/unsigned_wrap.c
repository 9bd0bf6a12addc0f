// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Unsigned arithmetic is modulo a power of two.

#include "../ai.h"

int main(void)
{
    unsigned zero = 0;
    unsigned short port = 65535;
    unsigned long long big = 1ULL << 63;
    port += 2;
    __ai_assert(zero - 1 == 4294967295u); // safe: assertion
    __ai_assert(port == 1); // safe: assertion
    __ai_assert(big * 2 == 0); // safe: assertion
    __ai_assert(-big == big); // safe: assertion
    return 0;
}
