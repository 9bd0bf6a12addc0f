// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A local object defined const must not change, although its memory could.
// confirmed-by: reasoning - C11 6.7.3p6
// witness: 4

#include "../ai.h"

int main(void)
{
    const int limit = __ai_any_int();
    int *backdoor = (int *)&limit;
    *backdoor = 1; // bug: write-to-constant
    return 0;
}
