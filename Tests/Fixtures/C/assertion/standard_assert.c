// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The assert macro of the standard library, on a clamped value.

#include "../ai.h"
#include <assert.h>

int main(void)
{
    int value = __ai_any_int();
    if (value > 5)
        value = 5;
    assert(value < 6); // safe: assertion
    return 0;
}
