// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Of two blocks that one place allocated, the older one is freed.
// witness:

#include <stdlib.h>

int main(void)
{
    int *a = 0, *b = 0;
    for (int i = 0; i < 2; i++) {
        a = b;
        b = malloc(4);
        if (!b) return 0;
        *b = i;
    }
    free(a);
    int r = *b;
    r += *a; // bug: use-after-free
    return r;
}
