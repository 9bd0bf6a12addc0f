// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A structure taken out of an array is a copy; a change to it does not reach the array.
// witness: 2

#include "../ai.h"

struct slot {
    int used;
    int value;
};

int main(void)
{
    struct slot slots[4] = {{0, 0}};
    struct slot slot = slots[__ai_any_uint() % 4];
    slot.used = 1;
    int used = 0;
    for (int i = 0; i < 4; i++)
        used |= slots[i].used;
    __ai_assert(used == 1); // bug: assertion
    return 0;
}
