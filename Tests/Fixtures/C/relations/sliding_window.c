// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of the last few samples: the one that leaves the window is a fixed distance behind the one that enters.

#include "../ai.h"

static unsigned char samples[2000];
static unsigned sums[2000];

static void filter(unsigned count, unsigned width)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < count; i++) {
        sum += samples[i]; // safe: out-of-bounds-read
        if (i >= width)
            sum -= samples[i - width]; // safe: out-of-bounds-read
        sums[i] = sum; // safe: out-of-bounds-write
    }
}

int main(void)
{
    __ai_any_bytes(samples, sizeof samples);
    unsigned count = __ai_any_uint(), width = __ai_any_uint();
    if (count > 2000)
        return 1;
    filter(count, width);
    if (width > 0 && width <= count)
        return sums[count - width] > 10; // safe: out-of-bounds-read
    return 0;
}
