// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An out parameter that callers may leave out.
// witness: 1, 7

#include "../ai.h"
#include <stddef.h>

static int half(int value, int *remainder)
{
    *remainder = value % 2; // bug: null-dereference
    return value / 2;
}

int main(void)
{
    int rest = 0;
    _Bool simple = __ai_any_bool();
    int value = __ai_any_int();
    return half(value, simple ? NULL : &rest) + rest > 3;
}
