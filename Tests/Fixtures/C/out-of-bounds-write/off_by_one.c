// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// There is room for the terminator.

#include "../ai.h"

int main(void)
{
    char buffer[8];
    unsigned length = __ai_any_uint();
    if (length >= sizeof buffer)
        return 1;
    for (unsigned i = 0; i < length; i++)
        buffer[i] = 'x'; // safe: out-of-bounds-write
    buffer[length] = 0; // safe: out-of-bounds-write
    return buffer[0] == 'x'; // safe: uninitialized-read
}
