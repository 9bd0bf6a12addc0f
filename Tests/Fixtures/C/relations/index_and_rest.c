// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index goes up and what is left goes down: together they are always the count.

#include "../ai.h"

static unsigned short samples[4000];

static unsigned deltas(int count)
{
    unsigned sum = 0;
    int i = 0, left = count;
    while (left > 1) {
        sum += samples[i + 1] - samples[i]; // safe: out-of-bounds-read
        i++; // safe: signed-overflow
        left--; // safe: signed-overflow
        __ai_assert(i + left == count); // safe: assertion
    }
    return sum;
}

int main(void)
{
    __ai_any_bytes(samples, sizeof samples);
    int count = __ai_any_int();
    if (count > 4000)
        return 1;
    return deltas(count) == 5;
}
