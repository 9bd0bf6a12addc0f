// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Pointers to objects and functions that have names, compared, and a branch on what comes out.

#include "../ai.h"

static int a, b;

static int one(void) { return 1; }
static int two(void) { return 2; }

int main(void)
{
    int *p = &a, *q = &a, *r = &b;
    __ai_assert(p == q);    // safe: assertion
    __ai_assert(!(p != q)); // safe: assertion
    __ai_assert(p != r);    // imprecise: assertion
    int (*f)(void) = one, (*g)(void) = two;
    __ai_assert(f == one); // safe: assertion
    int (*h)(void) = __ai_any_bool() ? f : g;
    __ai_assert(h == h); // safe: assertion
    if (f == one && f != g)
        return h();
    return r == &b;
}
