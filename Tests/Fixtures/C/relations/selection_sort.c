// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Selection sort: the least element's index is between the outer and the inner one.

#include "../ai.h"

static void sort(unsigned char *values, unsigned count)
{
    for (unsigned first = 0; first + 1 < count; first++) {
        unsigned least = first;
        for (unsigned i = first + 1; i < count; i++) {
            __ai_assert(least < i); // safe: assertion
            if (values[i] < values[least]) // safe: out-of-bounds-read, uninitialized-read
                least = i;
        }
        unsigned char kept = values[first]; // safe: out-of-bounds-read, uninitialized-read
        values[first] = values[least]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
        values[least] = kept; // safe: out-of-bounds-write
    }
}

int main(void)
{
    unsigned count = __ai_any_uchar() % 50;
    if (count == 0)
        return 1;
    unsigned char values[count];
    __ai_any_bytes(values, count); // safe: out-of-bounds-write
    sort(values, count);
    return values[0] <= values[count - 1]; // safe: out-of-bounds-read, uninitialized-read
}
