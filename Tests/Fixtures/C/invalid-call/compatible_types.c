// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Types that are spelled differently and are compatible: qualified parameters, type names,
// declarations without prototype.

#include "../ai.h"

struct item;
typedef struct item *handle;

struct item {
    int value;
};

static int first(struct item *const item, const int limit)
{
    return item->value < limit;
}

static int second(handle item, int limit)
{
    return item->value > limit;
}

static int old_style();

int main(void)
{
    struct item item = {__ai_any_int()};
    int (*tests[3])(struct item *, int) = {first, second, old_style};
    int index = __ai_any_int();
    if (index < 0 || index > 2)
        return 0;
    int (*any)() = old_style;
    return tests[index](&item, 3) + any(&item, 4); // safe: invalid-call
}

static int old_style(struct item *item, int limit)
{
    return item->value == limit;
}
