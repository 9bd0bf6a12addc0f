// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Functions that promise not to return and do not, called by name and through a pointer of plain type.

#include "../ai.h"
#include <stdlib.h>

_Noreturn static void stop(int status)
{
    if (status != 0)
        exit(status);
    exit(EXIT_SUCCESS);
} // safe: missing-return

_Noreturn static void stop_in_loop(int status)
{
    do {
        exit(1);
    } while (status != 0);
} // safe: missing-return

static void (*const actions[])(int) = {stop, stop_in_loop};

int main(void)
{
    int status = __ai_any_int();
    actions[status > 3](status);
    stop(status); // safe: missing-return
}
