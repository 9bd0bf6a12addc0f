// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A loop made of goto, with a jump out of two nested blocks.

#include "../ai.h"

int main(void)
{
    unsigned rounds = 0;
    int found = 0;
again:
    if (rounds < 50) {
        while (__ai_any_bool()) {
            if (__ai_any_int() == 77) {
                found = 1;
                goto done;
            }
        }
        rounds++;
        goto again;
    }
done:
    __ai_assert(rounds <= 50); // safe: assertion
    __ai_assert(found == 0 || found == 1); // safe: assertion
    return 0;
}
