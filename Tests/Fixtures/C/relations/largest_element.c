// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The index of the largest element so far is behind the index of the search, and below the length when it is over.

#include "../ai.h"

static float levels[600];

static int loudest(int from, int to)
{
    int best = from;
    for (int i = from + 1; i < to; i++) {
        __ai_assert(from <= best && best < i); // safe: assertion
        if (levels[i] > levels[best]) // safe: out-of-bounds-read
            best = i;
    }
    return best;
}

int main(void)
{
    int to = __ai_any_int(), from = __ai_any_int();
    if (from < 0 || from >= to || to > 600)
        return 1;
    for (int i = from; i < to; i++)
        levels[i] = __ai_any_float(); // safe: out-of-bounds-write
    int best = loudest(from, to);
    float before[best - from + 1]; // safe: vla-size
    for (int i = from; i <= best; i++)
        before[i - from] = levels[i]; // safe: out-of-bounds-read, out-of-bounds-write
    return before[0] > levels[to - 1]; // safe: out-of-bounds-read // imprecise: uninitialized-read
}
