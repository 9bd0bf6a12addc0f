// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callback of the wrong type, hidden by a cast.
// witness: 1

#include "../ai.h"

typedef int (*callback)(int);

static int triple(long value)
{
    return (int)(value % 1000 * 3);
}

int main(void)
{
    callback call = (callback)triple;
    return call(__ai_any_int()) > 3; // bug: invalid-call
}
