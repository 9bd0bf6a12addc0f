// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The element that is written is chosen by another one, and what is written is the outcome of a comparison.

#include "../ai.h"

static int start = 8;
static int table[8] = {1, 1, 6, 3, 2, 4, 4};
static double scale = 1.5;

static void choose(int from)
{
    while (__ai_any_bool())
        start = (int)((unsigned)from + 2) / -2; // safe: division-by-zero, signed-overflow
}

static void mark(void)
{
    choose(start);
    table[(unsigned)table[(unsigned)start % 8] % 8] = (int)(scale < 9.5); // safe: out-of-bounds-write, out-of-bounds-read
}

int main(void)
{
    mark();
    return 0;
}
