// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A local object defined const must not change, although its memory could (C11 6.7.3p6). SOUNDNESS.md lists such writes
// as not covered: write-to-constant is about objects with static storage.

#include "../ai.h"

int main(void)
{
    const int limit = __ai_any_int();
    int *backdoor = (int *)&limit;
    *backdoor = 1;
    return 0;
}
