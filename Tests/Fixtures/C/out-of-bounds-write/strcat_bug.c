// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two names are joined in a buffer that holds only the first.
// witness:

#include <string.h>

int main(void)
{
    char path[12] = "/var/log";
    strcat(path, "/mail"); // bug: out-of-bounds-write // safe: library-precondition // imprecise: out-of-bounds-read, uninitialized-read
    return path[0] == '/'; // safe: uninitialized-read
}
