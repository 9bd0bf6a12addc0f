// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index goes up, and what is left is tested one too late for the element behind it.
// witness: 4000

#include "../ai.h"

static unsigned short samples[4000];

static unsigned deltas(int count)
{
    unsigned sum = 0;
    int i = 0, left = count;
    while (left > 0) {
        sum += samples[i + 1] - samples[i]; // bug: out-of-bounds-read
        i++; // safe: signed-overflow
        left--; // safe: signed-overflow
    }
    return sum;
}

int main(void)
{
    int count = __ai_any_int();
    if (count > 4000)
        return 1;
    return deltas(count) == 5;
}
