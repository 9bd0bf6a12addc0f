// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The check in front of the loop multiplies, and the product wraps for a number that is too large.
// witness: 16, 0, 536870912

#include "../ai.h"
#include <stdlib.h>

static unsigned long sum_of_records(const unsigned char *file, unsigned size, unsigned offset, unsigned count)
{
    if (offset > size || 8 * count > size - offset)
        return 0;
    unsigned long sum = 0;
    const unsigned char *record = file + offset; // safe: pointer-arithmetic
    for (unsigned i = 0; i < count; i++) {
        for (int k = 0; k < 8; k++)
            sum += record[8 * (size_t)i + k]; // bug: out-of-bounds-read // safe: uninitialized-read
    }
    return sum;
}

int main(void)
{
    unsigned size = __ai_any_ushort();
    unsigned char *file = calloc(size, 1); // safe: out-of-bounds-write
    if (!file)
        return 1;
    unsigned long sum = sum_of_records(file, size, __ai_any_uint(), __ai_any_uint());
    free(file);
    return sum == 128;
}
