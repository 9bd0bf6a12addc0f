// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A handler that nobody registered.
// witness: 1

#include "../ai.h"

static int (*handlers[2])(int);

static int echo(int value)
{
    return value;
}

int main(void)
{
    handlers[0] = echo;
    unsigned which = __ai_any_bool();
    return handlers[which](1); // bug: null-dereference // safe: invalid-call
}
