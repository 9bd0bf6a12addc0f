// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A number is moved inside of its array.
// witness:

#include <string.h>

int main(void)
{
    int a[3] = {1, 2, 0};
    memmove(a, a + 2, sizeof *a);
    return 3 / a[0]; // bug: division-by-zero // imprecise: signed-overflow
}
