// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Equality may be asked of any two pointers.

#include "../ai.h"

int main(void)
{
    int first = 1, second = 2;
    int *chosen = __ai_any_bool() ? &first : &second;
    if (chosen == &first)
        return 1;
    if (chosen != &second)
        return 2;
    return 0;
}
