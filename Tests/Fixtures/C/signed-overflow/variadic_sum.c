// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of a variable number of arguments.

#include <stdarg.h>

static int sum(int count, ...)
{
    int total = 0;
    va_list arguments;
    va_start(arguments, count);
    for (int i = 0; i < count; i++)
        total += va_arg(arguments, int); // safe: uninitialized-read, out-of-bounds-read, signed-overflow
    va_end(arguments);
    return total;
}

int main(void)
{
    return sum(3, 1, 2, 3) == 6;
}
