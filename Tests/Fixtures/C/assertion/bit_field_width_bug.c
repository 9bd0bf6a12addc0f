// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A value that needs four bits is put into three.
// witness: 8

#include "../ai.h"

struct flags {
    unsigned ready : 1;
    unsigned level : 3;
};

int main(void)
{
    struct flags flags = {0, 0};
    unsigned wanted = __ai_any_uint() % 9;
    flags.level = wanted;
    if (wanted > 0)
        __ai_assert(flags.level > 0); // bug: assertion
    return 0;
}
