// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// There is one sum more than elements, but not room for it.
// witness: 2, 7, 8

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned count = __ai_any_uchar();
    if (count == 0)
        return 1;
    unsigned *sums = malloc(count * sizeof *sums);
    if (!sums)
        return 1;
    sums[0] = 0; // safe: out-of-bounds-write
    for (unsigned i = 0; i < count; i++)
        sums[i + 1] = sums[i] + __ai_any_uchar(); // bug: out-of-bounds-write // safe: uninitialized-read, out-of-bounds-read
    free(sums);
    return 0;
}
