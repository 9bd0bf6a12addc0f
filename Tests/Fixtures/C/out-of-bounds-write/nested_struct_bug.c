// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The channel is checked, the slot is not.
// witness: 1, 2, 2000

#include "../ai.h"

struct channel {
    unsigned char gain;
    short samples[4];
};

struct mixer {
    int master;
    struct channel channels[3];
};

static struct mixer mixer;

static void feed(struct mixer *target, unsigned channel, unsigned slot, short sample)
{
    if (channel >= 3)
        return;
    target->channels[channel].samples[slot] = sample; // bug: out-of-bounds-write // safe: misaligned-access
}

int main(void)
{
    if (__ai_any_bool()) {
        unsigned channel = __ai_any_uint(), slot = __ai_any_uint();
        feed(&mixer, channel, slot, 7);
    }
    return 0;
}
