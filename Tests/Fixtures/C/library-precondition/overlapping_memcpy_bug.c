// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A buffer is moved down by memcpy although source and target overlap.
// witness: 4

#include "../ai.h"
#include <string.h>

int main(void)
{
    char queue[16] = "abcdefgh";
    unsigned used = __ai_any_uint() % 9;
    if (used < 4)
        return 1;
    memcpy(queue, queue + 2, used); // bug: library-precondition
    return queue[0] == 'c';
}
