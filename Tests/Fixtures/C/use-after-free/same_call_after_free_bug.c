// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function reads through its argument, before and after what that points to was freed.
// witness:

#include <stdlib.h>

static int rd(int *p)
{
    return *p; // bug: use-after-free
}

int main(void)
{
    int *p = malloc(4);
    if (!p) return 0;
    *p = 3;
    int s = rd(p);
    free(p);
    s += rd(p);
    return s;
}
