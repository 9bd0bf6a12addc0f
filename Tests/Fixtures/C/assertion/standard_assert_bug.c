// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The assert macro of the standard library.
// witness: 7

#include "../ai.h"
#include <assert.h>

int main(void)
{
    int value = __ai_any_int();
    if (value > 5)
        value = 6;
    assert(value < 6); // bug: assertion
    return 0;
}
