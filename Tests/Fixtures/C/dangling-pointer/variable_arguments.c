// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Lists of variable arguments, used while the functions that got them run.

#include "../ai.h"
#include <stdarg.h>

struct pair {
    int first, second;
};

static int next(va_list *arguments)
{
    return va_arg(*arguments, int); // safe: dangling-pointer
}

static int last(int count, ...)
{
    va_list arguments;
    va_start(arguments, count);
    int found = next(&arguments);
    struct pair pair = va_arg(arguments, struct pair); // safe: dangling-pointer
    va_end(arguments);
    return found > 3 ? found : pair.second;
}

int main(void)
{
    struct pair pair = {1, __ai_any_int()};
    return last(2, last(2, 5, pair), pair); // safe: dangling-pointer
}
