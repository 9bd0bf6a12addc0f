// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// How much of a buffer is filled, and how much of that is used, are global variables: used <= filled <= size.

#include "../ai.h"

static char input[8192];
static unsigned filled, used;

static void refill(void)
{
    unsigned kept = filled - used;
    for (unsigned i = 0; i < kept; i++)
        input[i] = input[used + i]; // safe: out-of-bounds-write // imprecise: out-of-bounds-read
    used = 0;
    filled = kept;
    unsigned more = __ai_any_uint();
    if (more > sizeof input - filled)
        more = sizeof input - filled;
    __ai_any_bytes(input + filled, more); // safe: pointer-arithmetic // imprecise: out-of-bounds-write
    filled += more;
}

static int next_character(void)
{
    if (used == filled)
        refill();
    if (used == filled)
        return -1;
    return (unsigned char)input[used++]; // imprecise: out-of-bounds-read
}

int main(void)
{
    unsigned lines = 0;
    while (__ai_any_bool()) {
        int character = next_character();
        if (character < 0)
            break;
        lines += character == '\n';
        if (lines % 100 == 99)
            refill();
        __ai_assert(used <= filled && filled <= sizeof input); // imprecise: assertion
    }
    return 0;
}
