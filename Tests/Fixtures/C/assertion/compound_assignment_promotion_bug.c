// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A compound assignment computes in int and then cuts to the type on its left.
// witness: 200

#include "../ai.h"

int main(void)
{
    unsigned char level = __ai_any_uchar();
    unsigned char before = level;
    level += 100;
    __ai_assert(level >= before); // bug: assertion
    return 0;
}
