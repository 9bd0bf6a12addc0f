// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// sizeof of an array parameter is that of a pointer: only the first bytes are cleared.

#include <string.h>

static void clear(char buffer[64])
{
    memset(buffer, 0, sizeof buffer); // safe: out-of-bounds-write
}

int main(void)
{
    char buffer[64];
    clear(buffer);
    return buffer[7]; // safe: out-of-bounds-read
}
