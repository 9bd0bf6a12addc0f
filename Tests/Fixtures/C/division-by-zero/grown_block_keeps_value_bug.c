// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What a block held is there after it has grown.
// witness:

#include <stdlib.h>

int main(void)
{
    int *p = malloc(4), *alias = p;
    if (!p) return 0;
    *p = 0;
    p = realloc(p, 400);
    if (!p) {
        return 1;
    }
    return 1 / p[0]; // bug: division-by-zero // safe: uninitialized-read // imprecise: signed-overflow
}
