// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Equal calls of a function, until the global index changes that its callee reads.
// witness:

static int *q;
static int idx = 0;
static int t[3] = {1,2,3};
static int inner(void)
{
    return q[idx]; // bug: out-of-bounds-read
}

static int outer(void)
{
    return inner();
}

int main(void)
{
    q = t;
    int s = outer();
    s += outer();
    idx = 3;
    s += outer();
    return s;
}
