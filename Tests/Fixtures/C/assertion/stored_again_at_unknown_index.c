// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A second store of what a cell may hold already changes nothing that is known of the array.

#include "../ai.h"

int main(void)
{
    int flags[8] = {0};
    flags[__ai_any_uint() % 8] = 1;
    flags[__ai_any_uint() % 8] = 1;
    flags[__ai_any_uint() % 8] = 0;
    int flag = flags[__ai_any_uint() % 8];
    __ai_assert(flag >= 0 && flag <= 1); // safe: assertion
    return 0;
}
