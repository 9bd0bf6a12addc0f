// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A goto jumps over an initialiser.
// witness: 1

#include "../ai.h"

int main(void)
{
    if (__ai_any_bool())
        goto inside;
    {
        int limit = 5;
    inside:
        if (limit > 3) // bug: uninitialized-read
            return 1;
    }
    return 0;
}
