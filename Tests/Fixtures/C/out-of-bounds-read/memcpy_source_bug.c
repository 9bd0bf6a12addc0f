// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copy of twelve bytes from a source of ten.
// witness:

#include <string.h>

int main(void)
{
    static const char source[10] = "abcdefghi";
    char target[16] = {0};
    unsigned long count = sizeof source + 2;
    memcpy(target, source, count); // bug: out-of-bounds-read // safe: library-precondition
    return target[0] == 'a';
}
