// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A plain char is signed here: a byte above 127 becomes a negative index.
// witness: -61

#include "../ai.h"

static const unsigned char class_of[256] = {['0'] = 1, ['1'] = 1, ['a'] = 2, ['b'] = 2};

int main(void)
{
    char c = __ai_any_char();
    return class_of[(int)c] == 2; // bug: out-of-bounds-read
}
