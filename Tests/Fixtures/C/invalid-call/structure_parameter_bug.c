// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function is called with another structure than it takes; both have the same size.
// witness: 1
// confirmed-by: reasoning - C11 6.5.2.2p9

#include "../ai.h"

struct point {
    int x, y;
};

struct sample {
    float weight;
    unsigned count;
};

static int count(struct sample sample)
{
    return sample.count > 3;
}

int main(void)
{
    int (*measure)(struct point) = (int (*)(struct point))count;
    struct point point = {__ai_any_int(), 2};
    return measure(point); // bug: invalid-call
}
