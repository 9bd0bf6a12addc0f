// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A 64-bit operand allows exponents up to 63.

#include "../ai.h"

int main(void)
{
    unsigned position = __ai_any_uint() % 64; // safe: division-by-zero
    unsigned long long set = __ai_any_ulonglong();
    if (set >> position & 1) // safe: invalid-shift
        set &= ~(1ULL << position); // safe: invalid-shift
    else
        set |= 1ULL << position; // safe: invalid-shift
    return set == 0;
}
