// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A switch without a default leaves the result unset.
// witness: 9

#include "../ai.h"

int main(void)
{
    int level;
    switch (__ai_any_int()) {
    case 0:
        level = 10;
        break;
    case 1:
        level = 20;
        break;
    }
    if (level > 15) // bug: uninitialized-read
        return 1;
    return 0;
}
