// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The range of a float that a loop changes, and of the elements of an array of floats.

#include "../ai.h"

static double half(double value) { return value * 0.5; }

int main(void)
{
    double level = 1.0, samples[4] = {0.25, 0.5, 0.75, 1.0};
    unsigned count = __ai_any_uint() % 1000;
    for (unsigned i = 0; i < count; i++) {
        level = half(level);
        if (level < 0.125)
            level = 1.0;
    }
    __ai_assert(level >= 0.125); // safe: assertion
    __ai_assert(level <= 1.0);   // safe: assertion
    samples[count % 4] = level;
    double sample = samples[__ai_any_uint() % 4];
    __ai_assert(sample >= 0.125); // safe: assertion
    __ai_assert(sample <= 1.0);   // safe: assertion
    return 0;
}
