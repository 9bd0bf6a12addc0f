// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array of structures in a structure, each with an array of its own.

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
    if (channel >= 3 || slot >= 4)
        return;
    target->channels[channel].samples[slot] = sample; // safe: out-of-bounds-write, null-dereference, misaligned-access
}

int main(void)
{
    while (__ai_any_bool()) {
        unsigned channel = __ai_any_uint(), slot = __ai_any_uint();
        feed(&mixer, channel, slot, __ai_any_short());
    }
    return mixer.channels[2].samples[3] > 5; // safe: out-of-bounds-read
}
