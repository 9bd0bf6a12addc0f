// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A static local keeps its value from call to call.
// witness:

#include "../ai.h"

static int next_id(void)
{
    static int id = 0;
    id = id + 1; // safe: signed-overflow
    return id;
}

int main(void)
{
    next_id();
    __ai_assert(next_id() == 1); // bug: assertion
    return 0;
}
