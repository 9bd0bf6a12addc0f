// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A fixed-point number is scaled by a product, which negative numbers allow.

#include "../ai.h"

int main(void)
{
    int fixed = __ai_any_int();
    __ai_assume(fixed > -1000 && fixed < 1000);
    int scaled = fixed * 256; // safe: signed-overflow
    int back = scaled >> 8; // safe: invalid-shift
    return back > 256;
}
