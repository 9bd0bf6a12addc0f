// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A signed length goes into an array bound unchecked.
// witness: -3

#include "../ai.h"

int main(void)
{
    int length = __ai_any_int();
    __ai_assume(length != 0 && length < 1000);
    __ai_assume(length > -10);
    char line[length]; // bug: vla-size
    line[0] = 0; // safe: out-of-bounds-write
    return line[0]; // safe: out-of-bounds-read
}
