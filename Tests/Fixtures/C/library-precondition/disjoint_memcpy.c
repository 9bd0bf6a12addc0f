// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The halves of a buffer do not overlap.

#include <string.h>

int main(void)
{
    char queue[16] = "abcdefgh";
    memcpy(queue, queue + 8, 8); // safe: library-precondition, out-of-bounds-read, out-of-bounds-write
    memmove(queue, queue + 2, 14); // safe: library-precondition, out-of-bounds-read
    return queue[0] == 'c'; // imprecise: uninitialized-read
}
