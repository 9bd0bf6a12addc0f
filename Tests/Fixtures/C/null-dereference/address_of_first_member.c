// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Members of an object have addresses; so does what a null pointer would lead to by & and * alone (C11 6.5.3.2p3).

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
    return whole ? &whole->first : 0; // safe: null-dereference
}

static int is_missing(struct outer *whole) { return &*whole == 0; }

int main(void)
{
    struct outer whole = {{4}, 5};
    struct inner *inner = part(__ai_any_bool() ? &whole : 0);
    if (is_missing(0) != 1)
        return 2;
    return inner ? inner->count - 4 : 0; // safe: null-dereference
}
