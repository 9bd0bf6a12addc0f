// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// atoi has no answer for a number that int cannot hold.
// confirmed-by: reasoning - C11 7.22.1p1
// witness:

#include <stdlib.h>

int main(void)
{
    const char *text = "99999999999";
    return atoi(text) > 3; // bug: library-precondition // imprecise: out-of-bounds-read, signed-overflow
}
