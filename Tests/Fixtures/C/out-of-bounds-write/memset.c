// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A structure is cleared by its own size.

#include <string.h>

struct statistics {
    unsigned count;
    long total;
    char unit[4];
};

int main(void)
{
    struct statistics statistics;
    memset(&statistics, 0, sizeof statistics); // safe: out-of-bounds-write
    statistics.count++; // safe: uninitialized-read
    return statistics.count == 1;
}
