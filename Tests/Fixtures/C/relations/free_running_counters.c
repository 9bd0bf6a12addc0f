// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Counters of a ring that only ever grow, and wrap: their difference is how much the ring holds, and at most its size.

#include "../ai.h"

#define SIZE 256u

static unsigned char ring[SIZE];
static unsigned produced, consumed;

static unsigned put_all(const unsigned char *data, unsigned length)
{
    unsigned room = SIZE - (produced - consumed), taken = 0;
    for (; taken < length && taken < room; taken++)
        ring[produced++ % SIZE] = data[taken]; // safe: out-of-bounds-write // imprecise: out-of-bounds-read
    __ai_assert(taken <= length && taken <= SIZE); // imprecise: assertion
    return taken;
}

int main(void)
{
    unsigned char data[100];
    __ai_any_bytes(data, sizeof data);
    produced = consumed = __ai_any_uint();
    while (__ai_any_bool()) {
        unsigned start = __ai_any_uchar() % 100, length = __ai_any_uint();
        if (length > sizeof data - start)
            length = sizeof data - start;
        put_all(data + start, length); // safe: pointer-arithmetic
        while (consumed != produced && __ai_any_bool())
            consumed++;
        __ai_assert(produced - consumed <= SIZE); // imprecise: assertion
    }
    return ring[consumed % SIZE]; // safe: out-of-bounds-read
}
