// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Static objects start at zero without an initialiser.

#include "../ai.h"

static int counters[20];
static struct {
    int *owner;
    double weight;
} slot;

int main(void)
{
    static long calls;
    calls++; // safe: uninitialized-read, signed-overflow
    unsigned i = __ai_any_uint() % 20;
    if (counters[i] != 0 || slot.owner != 0) // safe: uninitialized-read, out-of-bounds-read
        return 1;
    return calls == 1;
}
