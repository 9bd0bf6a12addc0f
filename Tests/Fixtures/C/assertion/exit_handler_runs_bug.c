// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function registered by atexit runs after main has returned.
// witness:

#include "../ai.h"
#include <stdlib.h>

static int open_files = 1;

static void at_end(void)
{
    __ai_assert(open_files == 0); // bug: assertion
}

int main(void) // imprecise: null-dereference
{
    atexit(at_end);
    return 0;
}
