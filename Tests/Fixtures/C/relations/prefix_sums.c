// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Sums of all beginnings: there is one more of them than elements, so that any range is the difference of two.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned count = __ai_any_ushort();
    unsigned *sums = malloc((count + 1) * sizeof *sums);
    if (!sums)
        return 1;
    sums[0] = 0; // safe: out-of-bounds-write
    for (unsigned i = 0; i < count; i++)
        sums[i + 1] = sums[i] + __ai_any_uchar(); // safe: uninitialized-read, out-of-bounds-write, out-of-bounds-read
    unsigned first = __ai_any_uint(), last = __ai_any_uint(), answer = 0;
    if (first <= last && last <= count)
        answer = sums[last] - sums[first]; // safe: uninitialized-read, out-of-bounds-read
    free(sums);
    return answer > 100;
}
