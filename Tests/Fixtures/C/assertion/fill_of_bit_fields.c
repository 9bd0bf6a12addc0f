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
    unsigned char bytes[4];
    memset(&s, 0x12, sizeof s);
    __ai_assert(s.middle == 0x21); // imprecise: assertion
    __ai_assert(s.low == 2); // imprecise: assertion
    memset(&s, 0xff, sizeof s);
    __ai_assert(s.middle == 0xff); // safe: assertion
    memset(&s, 0, sizeof s);
    __ai_assert(s.middle == 0); // safe: assertion
    memset(bytes, 0x12, sizeof bytes);
    __ai_assert(bytes[3] == 0x12); // imprecise: assertion
    return 0;
}
