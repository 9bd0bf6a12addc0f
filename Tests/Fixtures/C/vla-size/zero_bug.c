// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A scratch array for no elements at all.
// witness: 0

#include "../ai.h"

int main(void)
{
    unsigned count = __ai_any_uint() % 16;
    int scratch[count]; // bug: vla-size
    if (count > 0)
        scratch[0] = 1; // safe: out-of-bounds-write
    return 0;
}
