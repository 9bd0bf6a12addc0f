// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Of a sorted array each value is kept once: the last one kept is always below the next one to look at.

#include "../ai.h"

static unsigned keys[512];

static unsigned unique(unsigned count)
{
    if (count == 0)
        return 0;
    unsigned last = 0;
    for (unsigned next = 1; next < count; next++) {
        if (keys[next] == keys[last]) // safe: out-of-bounds-read
            continue;
        last++;
        __ai_assert(last <= next); // imprecise: assertion
        keys[last] = keys[next]; // safe: out-of-bounds-read, out-of-bounds-write
    }
    return last + 1;
}

int main(void)
{
    __ai_any_bytes(keys, sizeof keys);
    unsigned count = __ai_any_uint();
    if (count > 512)
        count = 512;
    unsigned left = unique(count);
    __ai_assert(left <= count); // imprecise: assertion
    for (unsigned i = left; i < count; i++)
        keys[i] = 0; // safe: out-of-bounds-write
    return 0;
}
