// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Words of four bytes are read as long as four are left.

#include "../ai.h"
#include <stdlib.h>

static unsigned checksum(const unsigned char *data, size_t size)
{
    unsigned sum = 0;
    while (size >= 4) {
        sum ^= (unsigned)data[0] << 24 | (unsigned)data[1] << 16 | (unsigned)data[2] << 8 | data[3]; // safe: out-of-bounds-read, uninitialized-read
        data += 4; // safe: pointer-arithmetic
        size -= 4;
    }
    return sum;
}

int main(void)
{
    size_t size = __ai_any_ushort();
    unsigned char *data = calloc(size, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    unsigned answer = checksum(data, size);
    free(data);
    return answer == 3;
}
