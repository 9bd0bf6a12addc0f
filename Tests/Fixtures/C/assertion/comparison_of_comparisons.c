// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The result of a comparison, compared again.

#include "../ai.h"

static int equality(int x, int y)
{
    int equal = x == y;
    if (equal == 0) {
        __ai_assert(x != y);   // safe: assertion
        __ai_assert(!equal);   // safe: assertion
    } else {
        __ai_assert(x == y);     // safe: assertion
        __ai_assert(equal != 0); // safe: assertion
    }
    return equal;
}

static int order(int x, int y)
{
    int less = x < y;
    if (less) {
        __ai_assert(less != 0);        // safe: assertion
        __ai_assert((less != 0) == 1); // safe: assertion
        __ai_assert(!(less == 0));     // safe: assertion
        __ai_assert(x <= y);           // safe: assertion
    } else {
        __ai_assert(less == 0);    // safe: assertion
        __ai_assert(!(less != 0)); // safe: assertion
        __ai_assert(x >= y);       // safe: assertion
    }
    return less;
}

static int flag(void)
{
    _Bool known = __ai_any_bool();
    if (!known)
        return 0;
    __ai_assert(known != 0);       // safe: assertion
    __ai_assert((known != 0) != 0); // safe: assertion
    return known;
}

int main(void)
{
    int sum = equality(__ai_any_int(), __ai_any_int()) + order(__ai_any_int(), __ai_any_int()) + flag();
    __ai_assert(sum <= 3); // safe: assertion
    return sum;
}
