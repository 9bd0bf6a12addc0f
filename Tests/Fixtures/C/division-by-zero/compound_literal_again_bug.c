// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A jump back inside one block gives a compound literal no new object.
// witness:

int main(void)
{
    int n = 0;
    int *last = 0;
    again: ;
    int *q = (int[1]){ n };
    if (last) {
        *last = 0;
    }
    last = q;
    n += 5;
    if (n < 12) goto again;
    return 10 / q[0]; // bug: division-by-zero // imprecise: signed-overflow
}
