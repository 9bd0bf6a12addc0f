// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callback is cast to a generic type for storage and back to its own for the call.

#include "../ai.h"

typedef void (*generic)(void);
typedef int (*callback)(int);

static int triple(int value)
{
    return value % 1000 * 3;
}

int main(void)
{
    generic stored = (generic)triple;
    callback call = (callback)stored;
    return call(__ai_any_int()) > 3; // safe: invalid-call, null-dereference
}
