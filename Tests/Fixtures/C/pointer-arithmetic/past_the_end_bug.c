// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer two past the end is formed, even though it is never followed.
// witness: 9

#include "../ai.h"

int main(void)
{
    static int window[8];
    unsigned skip = __ai_any_uint() % 10;
    int *start = &window[skip]; // bug: pointer-arithmetic
    return start == window;
}
