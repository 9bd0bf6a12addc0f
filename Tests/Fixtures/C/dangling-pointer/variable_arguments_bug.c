// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A list of variable arguments is used when the function that got them has returned.
// witness: 1
// confirmed-by: reasoning - C11 7.16.1.1p2, 7.16p3

#include "../ai.h"
#include <stdarg.h>

static va_list arguments;

static void keep(int count, ...)
{
    va_start(arguments, count);
}

int main(void)
{
    keep(1, __ai_any_int());
    return va_arg(arguments, int) > 3; // bug: dangling-pointer
}
