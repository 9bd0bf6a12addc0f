// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callee leaves in a global the address of an object of its caller, who still lives.

#include "../ai.h"

static const int *last_seen;

static int inspect(const int *value)
{
    last_seen = value;
    return *value > 0; // safe: dangling-pointer
}

int main(void)
{
    int value = __ai_any_int();
    int positive = inspect(&value);
    if (positive)
        return *last_seen == 3; // safe: dangling-pointer, null-dereference
    return 0;
}
