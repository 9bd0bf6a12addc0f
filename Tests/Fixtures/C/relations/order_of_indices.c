// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array of indices, each below the count: shuffled, and followed into another array.

#include "../ai.h"

static short values[900];

static unsigned total(unsigned count)
{
    unsigned order[900], sum = 0;
    for (unsigned i = 0; i < count; i++)
        order[i] = i; // safe: out-of-bounds-write
    for (unsigned i = 0; i < count; i++) {
        unsigned other = i + __ai_any_uint() % (count - i); // safe: division-by-zero
        unsigned kept = order[i]; // safe: out-of-bounds-read, uninitialized-read
        order[i] = order[other]; // safe: out-of-bounds-write // imprecise: out-of-bounds-read, uninitialized-read
        order[other] = kept; // safe: out-of-bounds-write
    }
    for (unsigned i = 0; i < count; i++) {
        unsigned place = order[i]; // safe: out-of-bounds-read, uninitialized-read
        __ai_assert(place < count); // imprecise: assertion
        sum += (unsigned)values[place]; // safe: out-of-bounds-read
    }
    return sum;
}

int main(void)
{
    __ai_any_bytes(values, sizeof values);
    unsigned count = __ai_any_uint();
    if (count > sizeof values / sizeof *values)
        return 1;
    return total(count) == 17;
}
