// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A continue goes to the test of its loop, not to its beginning.
// witness: 3

#include "../ai.h"

int main(void)
{
    int number = __ai_any_int(), rounds = 0;
    if (number < 1 || number > 5)
        return 0;
    do {
        rounds++;
        if (rounds % 2 == 1)
            continue;
        rounds++;
    } while (rounds < number);
    __ai_assert(rounds <= 7);  // safe: assertion
    __ai_assert(rounds != 3);  // bug: assertion
    return 0;
}
