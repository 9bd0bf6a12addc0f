// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The limit of strncpy is the size of the source, not that of the target.
// witness:

#include <string.h>

int main(void)
{
    static const char source[16] = "fixed point";
    char target[12] = {0};
    strncpy(target, source, sizeof source); // bug: out-of-bounds-write // safe: library-precondition // imprecise: pointer-arithmetic
    return target[0] == 'f'; // safe: uninitialized-read
}
