// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Memory from malloc has no value yet.
// witness:

#include <stdlib.h>

int main(void)
{
    unsigned char *flags = malloc(8);
    if (!flags)
        return 1;
    flags[0] = 1;
    if (flags[1] & 2) // bug: uninitialized-read
        return 2;
    free(flags);
    return 0;
}
