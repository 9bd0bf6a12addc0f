// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A conversion to _Bool asks whether a value is zero; it does not cut off bits.

#include "../ai.h"

int main(void)
{
    int wide = 256;
    double half = 0.5;
    int object;
    _Bool from_int = wide;
    _Bool from_double = half;
    _Bool from_pointer = &object;
    __ai_assert(from_int == 1 && from_double == 1 && from_pointer == 1); // safe: assertion
    __ai_assert((unsigned char)wide == 0); // safe: assertion
    __ai_assert(!!wide + !half == 1); // safe: assertion
    return 0;
}
