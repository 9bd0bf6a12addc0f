// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A left shift of a negative number.
// witness: -5

#include "../ai.h"

int main(void)
{
    int fixed = __ai_any_int();
    __ai_assume(fixed > -1000 && fixed < 1000);
    int scaled = fixed << 8; // bug: invalid-shift
    return scaled > 256;
}
