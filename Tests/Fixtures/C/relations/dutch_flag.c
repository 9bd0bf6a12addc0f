// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Three parts grow in one array: smaller, equal and larger elements, with what is not looked at between the last two.

#include "../ai.h"

static short values[1200];

static unsigned sort_around(unsigned count, short pivot)
{
    unsigned low = 0, next = 0, high = count;
    while (next < high) {
        short value = values[next]; // safe: out-of-bounds-read
        __ai_assert(low <= next); // imprecise: assertion
        if (value < pivot) {
            values[next++] = values[low]; // safe: out-of-bounds-read, out-of-bounds-write
            values[low++] = value; // safe: out-of-bounds-write
        } else if (value > pivot) {
            values[next] = values[--high]; // safe: out-of-bounds-read, out-of-bounds-write
            values[high] = value; // safe: out-of-bounds-write
        } else {
            next++;
        }
    }
    __ai_assert(low <= high && high <= count); // imprecise: assertion
    return high - low;
}

int main(void)
{
    __ai_any_bytes(values, sizeof values);
    unsigned count = __ai_any_uint();
    if (count > sizeof values / sizeof *values)
        return 1;
    unsigned equal = sort_around(count, 0);
    __ai_assert(equal <= count); // imprecise: assertion
    return 0;
}
