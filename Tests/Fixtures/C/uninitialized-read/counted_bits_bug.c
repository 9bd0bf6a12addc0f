// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The argument of a builtin whose result may be anything is read.
// witness: 0
#include "../ai.h"

static const int table[33] = {0};

int main(void)
{
    unsigned mask;
    if (__ai_any_bool())
        mask = 6;
    return table[__builtin_popcount(mask)]; // bug: uninitialized-read
}
