// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The break belongs to the switch and does not leave the loop.
// witness: 0, 0, 0, 0

#include "../ai.h"

int main(void)
{
    unsigned rounds = 0;
    for (int i = 0; i < 4; i++) {
        switch (__ai_any_uchar()) {
        case 0:
            break;
        default:
            return 0;
        }
        rounds++;
    }
    __ai_assert(rounds < 4); // bug: assertion
    return 0;
}
