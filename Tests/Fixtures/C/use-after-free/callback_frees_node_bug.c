// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callback frees the node whose successor is read next.
// witness:

#include <stdlib.h>

struct N {
    int v;
    struct N *next;
};
static void each(struct N *n, void (*f)(struct N *))
{
    while (n) {
        f(n);
        n = n->next; // bug: use-after-free
    }
}

static void del(struct N *n)
{
    free(n);
}

static void nop(struct N *n)
{
    n->v++; // imprecise: signed-overflow
}

int main(void)
{
    struct N *a = malloc(sizeof *a);
    if (!a) return 0;
    a->v = 1;
    a->next = 0;
    each(a, nop);
    each(a, del);
    return 0;
}
