// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What is up in the array is not the single object; whether it is null is another question.
// witness: 0, 1

#include "../ai.h"

int main(void)
{
    int single = 1, many[8] = {0};
    int *chosen = __ai_any_bool() ? many + __ai_any_uint() % 8 : __ai_any_bool() ? &single : 0;
    if (chosen >= many + 3) // bug: pointer-comparison
        return *chosen // imprecise: null-dereference
            + *chosen;
    return 0;
}
