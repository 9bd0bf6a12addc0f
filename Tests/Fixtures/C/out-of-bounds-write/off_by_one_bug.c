// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The terminator goes one past the end of a full buffer.
// witness: 8

#include "../ai.h"

int main(void)
{
    char buffer[8];
    unsigned length = __ai_any_uint();
    if (length > sizeof buffer)
        return 1;
    for (unsigned i = 0; i < length; i++)
        buffer[i] = 'x';
    buffer[length] = 0; // bug: out-of-bounds-write
    return buffer[0] == 'x'; // safe: uninitialized-read
}
