// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A message with as many readings as are asked for: its size is made from the count, and so is the count it carries.

#include "../ai.h"
#include <stdlib.h>

struct report {
    unsigned count;
    int readings[];
};

static struct report *build(unsigned count)
{
    struct report *report = malloc(sizeof *report + count * sizeof report->readings[0]);
    if (!report)
        return NULL;
    report->count = count; // safe: out-of-bounds-write
    for (unsigned i = 0; i < report->count; i++)
        report->readings[i] = (int)i; // safe: out-of-bounds-write
    return report;
}

int main(void)
{
    unsigned sum = 0;
    struct report *report = build(__ai_any_uchar());
    if (!report)
        return 1;
    for (unsigned i = report->count; i > 0; i--) // safe: uninitialized-read
        sum += (unsigned)report->readings[i - 1]; // safe: uninitialized-read // imprecise: out-of-bounds-read
    free(report);
    return sum == 3;
}
