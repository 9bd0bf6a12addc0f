// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Increments make a truth value true, decrements change it.

#include "../ai.h"

int main(void)
{
    _Bool flag = __ai_any_bool(), other = 1;
    flag++;
    __ai_assert(flag == 1); // safe: assertion
    ++flag;
    __ai_assert(flag == 1); // safe: assertion
    other--;
    __ai_assert(other == 0); // safe: assertion
    --other;
    __ai_assert(other == 1); // safe: assertion
    __ai_assert(other-- == 1 && !other); // safe: assertion
    return flag;
}
