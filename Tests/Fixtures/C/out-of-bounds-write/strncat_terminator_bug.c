// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// strncat writes a terminator behind the bytes that it may append.
// witness:

#include <string.h>

int main(void)
{
    char b[8] = "hello";
    strncat(b, "world", sizeof b - 5); // bug: out-of-bounds-write // imprecise: out-of-bounds-read, uninitialized-read
    return 0;
}
