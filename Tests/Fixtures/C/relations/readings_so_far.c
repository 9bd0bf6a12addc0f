// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Readings come one by one, and only those below their count have a value: the middle one, the last one, all of them.

#include "../ai.h"

struct series {
    int count;
    int readings[300];
};

static void add(struct series *series, int reading)
{
    if (series->count < 300) // safe: uninitialized-read
        series->readings[series->count++] = reading; // safe: signed-overflow, out-of-bounds-write
}

static int middle_or_last(const struct series *series)
{
    if (series->count == 0)
        return 0;
    int middle = series->readings[series->count / 2]; // safe: out-of-bounds-read // imprecise: uninitialized-read
    int last = series->readings[series->count - 1]; // safe: out-of-bounds-read // imprecise: uninitialized-read
    return middle > last ? middle : last;
}

int main(void)
{
    struct series series;
    series.count = 0;
    while (__ai_any_bool())
        add(&series, __ai_any_short());
    long sum = 0;
    for (int i = 0; i < series.count; i++) {
        __ai_assert(series.readings[i] <= 32767); // safe: out-of-bounds-read // imprecise: assertion, uninitialized-read
        sum += series.readings[i]; // safe: out-of-bounds-read // imprecise: signed-overflow, uninitialized-read
    }
    return sum > middle_or_last(&series);
}
