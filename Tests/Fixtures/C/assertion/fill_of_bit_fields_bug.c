// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// memset gives bytes their values; a bit-field that begins inside a byte has bits of two of them.

#include "../ai.h"
#include <string.h>

struct fields {
    unsigned low : 4;
    unsigned middle : 8;
    unsigned high : 4;
};

int main(void)
{
    struct fields s;
    memset(&s, 0x12, sizeof s);
    __ai_assert(s.middle == 0x12); // bug: assertion
    return 0;
}
