// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copy of a string into a buffer with room for it.

#include <string.h>

int main(void)
{
    char target[16];
    strcpy(target, "interval"); // safe: out-of-bounds-write, out-of-bounds-read, library-precondition
    return target[0] == 'i'; // safe: out-of-bounds-read, uninitialized-read
}
