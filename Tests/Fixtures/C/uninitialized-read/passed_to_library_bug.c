// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A buffer is compared before anything was read into it.
// witness:

#include <string.h>

int main(void)
{
    char line[8];
    if (memcmp(line, "quit", 4) == 0) // bug: uninitialized-read
        return 1;
    return 0;
}
