// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A negative int becomes a huge unsigned long.
// witness: -1

#include "../ai.h"

int main(void)
{
    int length = __ai_any_int();
    __ai_assume(length < 64);
    unsigned long bytes = (unsigned long)length;
    __ai_assert(bytes < 64); // bug: assertion
    return 0;
}
