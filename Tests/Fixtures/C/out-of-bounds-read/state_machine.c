// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A transition table: the state that it yields is an index into it again.

#include "../ai.h"

static const unsigned char next_state[3][2] = {{0, 1}, {2, 1}, {0, 2}};

int main(void)
{
    unsigned state = 0;
    while (__ai_any_bool())
        state = next_state[state][__ai_any_uchar() & 1]; // safe: out-of-bounds-read
    return state == 2;
}
