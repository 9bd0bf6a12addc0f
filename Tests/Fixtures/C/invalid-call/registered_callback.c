// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A handler is called only where one is registered.

#include "../ai.h"

static int (*handler)(int);

static int echo(int value)
{
    return value;
}

int main(void)
{
    if (__ai_any_bool())
        handler = echo;
    int (*call)(int) = handler;
    if (!call)
        return 0;
    return call(1) == 1; // safe: invalid-call, null-dereference
}
