// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One past the end is a legal address.

#include "../ai.h"

int main(void)
{
    static int window[8];
    unsigned skip = __ai_any_uint() % 9;
    int *start = &window[skip]; // safe: pointer-arithmetic
    int *end = window + 8; // safe: pointer-arithmetic
    return start == end;
}
