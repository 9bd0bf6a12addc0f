// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// sizeof of an array parameter is that of a pointer: the rest of the array stays unset.
// witness:

#include <string.h>

static void clear(char buffer[64])
{
    memset(buffer, 0, sizeof buffer);
}

int main(void)
{
    char buffer[64];
    clear(buffer);
    if (buffer[8] == 0) // bug: uninitialized-read
        return 1;
    return 0;
}
