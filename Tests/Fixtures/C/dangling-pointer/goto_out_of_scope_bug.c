// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A goto leaves the scope of a pointer's target.
// witness: 0

#include "../ai.h"

int main(void)
{
    int *target;
    {
        int local = 1;
        target = &local;
        if (!__ai_any_bool())
            goto out;
        *target = 2; // safe: dangling-pointer
    }
    return 0;
out:
    return *target; // bug: dangling-pointer
}
