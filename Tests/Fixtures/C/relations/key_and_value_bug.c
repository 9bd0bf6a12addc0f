// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The value behind the sign is taken to be one byte longer than it is.
// witness: 2
// bytes: 413d

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    int length = __ai_any_uchar();
    char *line = calloc(length, 1), *value = malloc(length + 1); // safe: out-of-bounds-write
    if (line && value) {
        __ai_any_bytes(line, length); // safe: out-of-bounds-write
        int sign = 0;
        while (sign < length && line[sign] != '=') // safe: out-of-bounds-read, uninitialized-read
            sign++; // safe: signed-overflow
        if (sign < length) {
            int rest = length - sign; // safe: signed-overflow
            memcpy(value, line + sign + 1, rest); // bug: out-of-bounds-read // safe: pointer-arithmetic, out-of-bounds-write
            value[rest] = 0; // safe: out-of-bounds-write
        }
    }
    free(value);
    free(line);
    return 0;
}
