// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The address of the first member is the pointer itself, but there must be an object.
//
// witness: 0

#include "../ai.h"

struct inner {
    int count;
};

struct outer {
    struct inner first;
    int second;
};

static struct inner *part(struct outer *whole)
{
    return &whole->first; // bug: null-dereference
}

int main(void)
{
    struct outer whole = {{4}, 5};
    struct inner *inner = part(__ai_any_bool() ? &whole : 0);
    return inner ? inner->count - 4 : 1;
}
