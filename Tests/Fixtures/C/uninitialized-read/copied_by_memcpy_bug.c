// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// memcpy carries missing values along; they are no better in the copy.
// witness:

#include <string.h>

int main(void)
{
    int source[4];
    int target[4];
    source[0] = 1;
    memcpy(target, source, sizeof target); // safe: library-precondition
    if (target[2] > 0) // bug: uninitialized-read
        return 1;
    return 0;
}
