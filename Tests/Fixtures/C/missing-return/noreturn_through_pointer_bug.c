// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function that promises not to return does, for one status; its caller does not see the promise.
// witness: 0
// confirmed-by: reasoning - C11 6.7.4p8

#include "../ai.h"
#include <stdlib.h>

_Noreturn static void stop(int status)
{
    if (status != 0)
        exit(status);
} // bug: missing-return

static void (*const actions[])(int) = {stop};

int main(void)
{
    actions[0](__ai_any_int());
    return 0;
}
