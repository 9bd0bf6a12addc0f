// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A byte counts through all its values and comes back to zero.

#include "../ai.h"

int main(void)
{
    unsigned char counter = 1;
    unsigned rounds = 0;
    while (counter != 0) {
        counter++;
        rounds++;
    }
    __ai_assert(counter == 0); // safe: assertion
    __ai_assert(rounds == 255); // imprecise: assertion
    return 0;
}
