// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What the compiler says of the size of an object that it does not know: the most, or with bit 1 of the mode the least.

#include "../ai.h"

static unsigned long most(const char *p) { return __builtin_object_size(p, 0); }
static unsigned long mostOfMember(const char *p) { return __builtin_object_size(p, 1); }
static unsigned long least(const char *p) { return __builtin_object_size(p, 2); }
static unsigned long leastOfMember(const char *p) { return __builtin_object_size(p, (3)); }

int main(void)
{
    char a[4], b[8];
    const char *p = __ai_any_bool() ? a : b;
    __ai_assert(most(p) >= 4);          // imprecise: assertion
    __ai_assert(mostOfMember(p) >= 4);  // imprecise: assertion
    __ai_assert(least(p) <= 4);         // imprecise: assertion
    __ai_assert(leastOfMember(p) <= 4); // imprecise: assertion
    return 0;
}
