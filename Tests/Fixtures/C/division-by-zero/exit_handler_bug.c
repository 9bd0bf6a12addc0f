// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function given to atexit runs at each way out of the program; at one of them its divisor is still 0.
// witness: 1

#include <stdlib.h>

#include "../ai.h"

static int parts, share;

static void distribute(void)
{
    share = 10 / parts; // bug: division-by-zero // imprecise: signed-overflow
}

int main(void) // imprecise: null-dereference
{
    atexit(distribute);
    if (__ai_any_int() == 1)
        exit(3); // imprecise: null-dereference
    parts = 2;
    return 0;
}
