// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Both branches set the result.

#include "../ai.h"

int main(void)
{
    int level;
    if (__ai_any_int() > 100)
        level = 10;
    else
        level = 20;
    if (level > 15) // safe: uninitialized-read
        return 1;
    return 0;
}
