// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two arrays of variable length, one with a place more than the other: the distances between two words, row by row.

#include "../ai.h"

static int distance(const char *a, int m, const char *b, int n)
{
    int row[n + 1]; // safe: vla-size
    for (int j = 0; j <= n; j++)
        row[j] = j; // safe: out-of-bounds-write
    for (int i = 0; i < m; i++) {
        int corner = row[0]; // safe: out-of-bounds-read, uninitialized-read
        row[0] = i + 1; // safe: out-of-bounds-write
        for (int j = 0; j < n; j++) {
            int above = row[j + 1]; // safe: uninitialized-read, out-of-bounds-read
            int best = corner < above ? corner : above;
            if (row[j] < best) // safe: uninitialized-read, out-of-bounds-read
                best = row[j]; // safe: out-of-bounds-read, uninitialized-read
            row[j + 1] = a[i] == b[j] ? corner : best + (best < 1000); // safe: out-of-bounds-read, out-of-bounds-write // imprecise: signed-overflow
            corner = above;
        }
    }
    return row[n]; // safe: uninitialized-read, out-of-bounds-read
}

int main(void)
{
    static char words[2][300];
    __ai_any_bytes(words, sizeof words);
    int m = __ai_any_uchar() % 50, n = __ai_any_uchar() % 60;
    return distance(words[0], m, words[1], n);
}
