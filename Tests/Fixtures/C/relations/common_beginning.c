// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two texts are compared up to the shorter length: the common part is at most each of them.

#include "../ai.h"
#include <stdlib.h>

static int common(const char *a, int m, const char *b, int n)
{
    int limit = m < n ? m : n, i = 0;
    while (i < limit && a[i] == b[i]) // safe: out-of-bounds-read, uninitialized-read
        i++; // safe: signed-overflow
    return i;
}

int main(void)
{
    int m = __ai_any_uchar(), n = __ai_any_uchar();
    char *a = malloc(m), *b = malloc(n);
    if (a && b) {
        __ai_any_bytes(a, m); // safe: out-of-bounds-write
        __ai_any_bytes(b, n); // safe: out-of-bounds-write
        int same = common(a, m, b, n);
        __ai_assert(same <= m && same <= n); // safe: assertion
        if (same < n)
            b[same] = 0; // safe: out-of-bounds-write
        for (int i = 0; i < m - same; i++)
            a[i] = a[same + i]; // safe: out-of-bounds-read, out-of-bounds-write, uninitialized-read
    }
    free(b);
    free(a);
    return 0;
}
