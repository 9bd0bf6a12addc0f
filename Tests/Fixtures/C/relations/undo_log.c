// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Positions of a log only grow; going back sets its length to one that it had before.

#include "../ai.h"
#include <stdlib.h>

struct log {
    int *entries;
    long length, size;
};

static long mark(const struct log *log)
{
    return log->length;
}

static void back_to(struct log *log, long length)
{
    while (log->length > length) {
        log->length--; // safe: signed-overflow
        log->entries[log->length] = -1; // imprecise: out-of-bounds-write
    }
}

int main(void)
{
    long size = __ai_any_ushort(), saved = 0;
    struct log log = {malloc(size * sizeof(int)), 0, size};
    if (!log.entries)
        return 1;
    while (__ai_any_bool()) {
        if (log.length < log.size && __ai_any_bool())
            log.entries[log.length++] = 1; // safe: signed-overflow, out-of-bounds-write
        else if (__ai_any_bool())
            saved = mark(&log);
        else
            back_to(&log, saved);
        __ai_assert(0 <= saved && saved <= log.length && log.length <= log.size); // imprecise: assertion
    }
    free(log.entries);
    return 0;
}
