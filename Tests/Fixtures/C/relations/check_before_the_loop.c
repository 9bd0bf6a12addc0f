// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One check in front of a loop is for all of its rounds: the offset and the number of records are inside together.

#include "../ai.h"
#include <stdlib.h>

static unsigned long sum_of_records(const unsigned char *file, size_t size, size_t offset, size_t count)
{
    if (offset > size || count > (size - offset) / 8)
        return 0;
    unsigned long sum = 0;
    const unsigned char *record = file + offset; // safe: pointer-arithmetic
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < 8; k++)
            sum += (unsigned long)record[8 * i + k] << 4; // safe: uninitialized-read, out-of-bounds-read
    }
    return sum;
}

int main(void)
{
    size_t size = __ai_any_uchar();
    unsigned char *file = malloc(size);
    if (!file)
        return 1;
    for (size_t i = 0; i < size; i++)
        file[i] = 1; // safe: out-of-bounds-write
    unsigned long sum = sum_of_records(file, size, __ai_any_ulong(), __ai_any_ulong());
    free(file);
    return sum == 128;
}
