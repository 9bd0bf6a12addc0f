// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An unsigned char is inside every table of 256 entries.

#include "../ai.h"

static const unsigned char class_of[256] = {['0'] = 1, ['1'] = 1, ['a'] = 2, ['b'] = 2};

int main(void)
{
    char c = __ai_any_char();
    return class_of[(unsigned char)c] == 2; // safe: out-of-bounds-read
}
