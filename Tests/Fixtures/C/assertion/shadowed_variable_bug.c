// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The inner variable of the same name takes the update.
// witness: 1

#include "../ai.h"

int main(void)
{
    int status = 0;
    if (__ai_any_bool()) {
        int status = 1;
        status++;
    }
    __ai_assert(status == 2); // bug: assertion
    return 0;
}
