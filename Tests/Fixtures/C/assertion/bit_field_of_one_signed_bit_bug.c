// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A signed bit-field of one bit holds 0 and -1, not 1.
// witness:

#include "../ai.h"

struct flag {
    signed set : 1;
};

int main(void)
{
    struct flag flag = {0};
    flag.set = 1;
    __ai_assert(flag.set == 1); // bug: assertion
    return 0;
}
