// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A block is read after it was freed.
// witness:

#include <stdlib.h>

int main(void)
{
    int *value = malloc(sizeof *value);
    if (!value)
        return 1;
    *value = 5;
    free(value);
    return *value; // bug: use-after-free
}
