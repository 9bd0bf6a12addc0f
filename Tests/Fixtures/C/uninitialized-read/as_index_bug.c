// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A position that was never set is used as an index.
// witness: 1

#include "../ai.h"

int main(void)
{
    static const int table[256] = {0};
    unsigned char position;
    if (!__ai_any_bool())
        position = 3;
    return table[position]; // bug: uninitialized-read // imprecise: out-of-bounds-read
}
