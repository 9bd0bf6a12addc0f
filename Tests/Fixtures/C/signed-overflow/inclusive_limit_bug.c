// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// `i <= limit` with the largest limit: the last increment overflows.
// witness: 2147483646

#include "../ai.h"

int main(void)
{
    int limit = __ai_any_int();
    int i = limit;
    unsigned rounds = 0;
    __ai_assume(limit > 0);
    limit = 2147483647;
    while (i <= limit) {
        rounds++;
        i++; // bug: signed-overflow
    }
    return rounds > 10;
}
