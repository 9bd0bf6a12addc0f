// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The value is kept before its block is freed.

#include <stdlib.h>

int main(void)
{
    int *value = malloc(sizeof *value);
    if (!value)
        return 1;
    *value = 5;
    int kept = *value; // safe: use-after-free, out-of-bounds-read
    free(value); // safe: invalid-free
    return kept;
}
