// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copy of a string into a buffer that has no room for its terminator.
// witness:

#include <string.h>

int main(void)
{
    char target[8] = {0};
    const char *source = "overflow";
    strcpy(target, source); // bug: out-of-bounds-write // safe: out-of-bounds-read, library-precondition
    return target[0] == 'o'; // safe: uninitialized-read
}
