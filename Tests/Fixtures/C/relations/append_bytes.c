// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bytes are appended as long as there is room for them.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    size_t room = __ai_any_ushort(), used = 0;
    unsigned char *out = malloc(room);
    if (!out)
        return 1;
    while (__ai_any_bool()) {
        if (used >= room)
            break;
        out[used++] = __ai_any_uchar(); // safe: out-of-bounds-write
    }
    unsigned sum = 0;
    for (size_t i = 0; i < used; i++)
        sum += out[i]; // safe: out-of-bounds-read, uninitialized-read
    free(out);
    return sum == 9;
}
