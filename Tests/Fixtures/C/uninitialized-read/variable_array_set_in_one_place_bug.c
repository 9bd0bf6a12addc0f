// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One element of a variable length array has a value; what is read is that one or indeterminate.
// witness: 3, 1, 2

#include "../ai.h"

int main(void)
{
    unsigned n = __ai_any_uint() % 8 + 8;
    int values[n];
    values[__ai_any_uint() % 8] = 5; // safe: out-of-bounds-write
    __ai_assert(values[__ai_any_uint() % 8] == 5); // bug: uninitialized-read // safe: out-of-bounds-read // safe: assertion
    return 0;
}
