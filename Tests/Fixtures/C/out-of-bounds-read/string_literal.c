// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a literal, and its last character.

#include <string.h>

int main(void)
{
    const char *word = "interval";
    unsigned long length = strlen(word); // safe: library-precondition, out-of-bounds-read
    char terminator = word[8]; // safe: out-of-bounds-read
    return length == 8 && terminator == 0;
}
