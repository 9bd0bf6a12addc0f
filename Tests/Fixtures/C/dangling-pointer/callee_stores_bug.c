// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callee leaves the address of its parameter in a global.
// witness: 5

#include "../ai.h"

static const int *last_seen;

static int inspect(int value)
{
    last_seen = &value;
    return value > 0;
}

int main(void)
{
    int positive = inspect(__ai_any_int());
    if (positive)
        return *last_seen; // bug: dangling-pointer
    return 0;
}
