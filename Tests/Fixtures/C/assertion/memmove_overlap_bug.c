// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// memmove copies as if by a buffer: elements move by one place.
// witness:

#include "../ai.h"
#include <string.h>

int main(void)
{
    int queue[4] = {1, 2, 3, 4};
    memmove(queue + 1, queue, 3 * sizeof queue[0]);
    __ai_assert(queue[3] == 1); // bug: assertion
    return 0;
}
