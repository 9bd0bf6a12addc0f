// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A local whose address stays inside its activation keeps its value over a recursive call.

#include "../ai.h"

static unsigned collatz(unsigned value, unsigned depth)
{
    unsigned kept = depth;
    if (depth < 20 && value > 1)
        collatz(value % 2 ? 3 * value + 1 : value / 2, depth + 1); // safe: division-by-zero
    __ai_assert(kept == depth); // safe: assertion
    return kept;
}

int main(void)
{
    return collatz(__ai_any_uint(), 0) > 20;
}
