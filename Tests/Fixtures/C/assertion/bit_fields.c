// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bit-fields keep as many bits as they have.

#include "../ai.h"

struct flags {
    unsigned ready : 1;
    unsigned level : 3;
    signed offset : 4;
    unsigned : 0;
    unsigned long long wide : 40;
};

int main(void)
{
    struct flags flags = {0};
    flags.ready = 1;
    flags.level = 5;
    flags.offset = -8;
    flags.wide = 1ULL << 39;
    __ai_assert(flags.ready == 1); // safe: assertion
    __ai_assert(flags.level == 5); // safe: assertion
    __ai_assert(flags.offset == -8); // safe: assertion
    __ai_assert(flags.wide >> 39 == 1); // safe: assertion
    flags.level += __ai_any_uchar();
    __ai_assert(flags.level <= 7); // safe: assertion
    return 0;
}
