// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A jump enters the inner one of two loops, which is left by another jump.
// witness: 1, 1

#include "../ai.h"

int main(void)
{
    int a[8] = {0};
    int i = 0, j = 0;
    if (__ai_any_int() == 1) goto inner;
    for (i = 0; i < 4; i++) {
        for (j = 0; j < 2; j++) {
            inner: a[i * 2 + j]++; // imprecise: signed-overflow
            if (__ai_any_bool()) {
                j += 6;
                i += 1;
                goto out;
            }
        }
    }
    out: a[i + j] = 1; // imprecise: out-of-bounds-write
    a[i + j + 1] = 2; // bug: out-of-bounds-write
    return a[0];
}
