// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A compare-and-exchange that fails says what it found, and changes nothing else; one that succeeds stores.

#include "../ai.h"

int main(void)
{
    int cell = 5, expected = 3;
    int done = __atomic_compare_exchange_n(&cell, &expected, 9, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    __ai_assert(expected == 5 || done); // safe: assertion
    if (!done)
        __ai_assert(cell == 5); // safe: assertion
    int known = __ai_any_int(), replaced = 7, before = known;
    cell = before;
    if (__atomic_compare_exchange_n(&cell, &known, replaced, 1, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
        __ai_assert(cell == 7); // imprecise: assertion
    else
        __ai_assert(known == before); // safe: assertion
    return 0;
}
