// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The initial value of a signed bit-field is cut to its width.
// witness:

#include "../ai.h"

static struct {
    int level : 3;
    unsigned rest : 5;
} state = {7, 63};

int main(void)
{
    __ai_assert(state.rest == 31); // safe: assertion
    __ai_assert(state.level == 7); // bug: assertion
    return 0;
}
