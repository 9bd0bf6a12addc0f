// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a copy is limited by the copy's buffer, not by the table that is read.
// witness: 24

#include "../ai.h"
#include <string.h>

static const int table[5] = {3, -1, 7, 0, 2};

int main(void)
{
    int copy[8] = {0};
    unsigned length = __ai_any_uint();
    if (length > sizeof copy)
        return 1;
    memcpy(copy, table, length); // bug: out-of-bounds-read
    return 0;
}
