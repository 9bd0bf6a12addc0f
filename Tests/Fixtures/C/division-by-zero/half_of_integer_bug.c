// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One parameter points to an integer, the other one to its lower half.
// witness:

static int f(int *a, short *b)
{
    *a = 0x10001;
    *b = 0;
    return 1 / (*a & 0xffff); // bug: division-by-zero
}

int main(void)
{
    int x;
    return f(&x, (short *)&x);
}
