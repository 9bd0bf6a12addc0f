// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A null pointer is compared by `<` with a real one.
// confirmed-by: reasoning - C11 6.5.8p5
// witness: 0

#include "../ai.h"

static int table[4];

int main(void)
{
    int *found = __ai_any_bool() ? table + 2 : 0;
    if (found < table + 4) // bug: pointer-comparison
        return 1;
    return 0;
}
