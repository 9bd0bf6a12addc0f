// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An empty list has no elements, so the pointer to them may be null; but then none may be skipped either.
// witness: 2

#include "../ai.h"

int main(void)
{
    int *elements = 0;
    unsigned skipped = __ai_any_uint() % 4;
    int *rest = elements + skipped; // bug: pointer-arithmetic
    return rest != 0;
}
