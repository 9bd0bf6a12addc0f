// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A long double goes through a variable argument list, where it keeps its value.

#include <stdarg.h>

static int whole(int count, ...)
{
    va_list arguments;
    va_start(arguments, count);
    int result = (int)va_arg(arguments, long double); // safe: float-to-int
    va_end(arguments);
    return result;
}

int main(void)
{
    return whole(1, 1.25L) != 1;
}
