// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Leading blanks are removed by a strcpy onto the same string.
// witness:

#include <string.h>

int main(void)
{
    char line[16] = "  text";
    char *text = line;
    while (*text == ' ') // imprecise: out-of-bounds-read, uninitialized-read
        text++; // safe: pointer-arithmetic
    strcpy(line, text); // bug: library-precondition // safe: out-of-bounds-write // imprecise: out-of-bounds-read, uninitialized-read
    return line[0] == 't'; // imprecise: uninitialized-read
}
