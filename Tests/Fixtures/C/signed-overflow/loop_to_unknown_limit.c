// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A counter below a limit that is any int can still be incremented.

#include "../ai.h"

int main(void)
{
    int limit = __ai_any_int();
    unsigned rounds = 0;
    __ai_assume(limit < 5000);
    for (int i = 0; i < limit; i++) // safe: signed-overflow
        rounds++;
    return rounds > 10;
}
