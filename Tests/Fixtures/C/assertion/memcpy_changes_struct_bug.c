// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copy of bytes into a structure changes its members.
// witness:
// bytes: 0000000009000000

#include "../ai.h"
#include <string.h>

struct limits {
    int low;
    int high;
};

int main(void)
{
    unsigned char raw[8];
    struct limits limits = {1, 2};
    __ai_any_bytes(raw, sizeof raw);
    memcpy(&limits, raw, sizeof limits); // safe: library-precondition
    __ai_assert(limits.high == 2); // bug: assertion
    return 0;
}
