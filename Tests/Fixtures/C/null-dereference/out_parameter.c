// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An out parameter that callers may leave out is tested first.

#include "../ai.h"
#include <stddef.h>

static int half(int value, int *remainder)
{
    if (remainder)
        *remainder = value % 2; // safe: null-dereference
    return value / 2;
}

int main(void)
{
    int rest = 0;
    _Bool simple = __ai_any_bool();
    int value = __ai_any_int();
    int result = half(value, simple ? NULL : &rest);
    return result > 3 && rest == 0;
}
