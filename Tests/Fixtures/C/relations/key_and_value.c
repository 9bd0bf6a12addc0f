// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An assignment is split at its sign: key, sign and value are together as long as the whole.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    int length = __ai_any_uchar();
    char *line = calloc(length, 1), *key = malloc(length + 1), *value = malloc(length + 1); // safe: out-of-bounds-write
    if (line && key && value) {
        __ai_any_bytes(line, length); // safe: out-of-bounds-write
        int sign = 0;
        while (sign < length && line[sign] != '=') // safe: out-of-bounds-read, uninitialized-read
            sign++; // safe: signed-overflow
        if (sign < length) {
            int rest = length - sign - 1; // safe: signed-overflow
            memcpy(key, line, sign); // safe: out-of-bounds-read, out-of-bounds-write
            key[sign] = 0; // safe: out-of-bounds-write
            memcpy(value, line + sign + 1, rest); // safe: pointer-arithmetic, out-of-bounds-write, out-of-bounds-read
            value[rest] = 0; // safe: out-of-bounds-write
            __ai_assert(sign + rest < length); // safe: assertion
        }
    }
    free(value);
    free(key);
    free(line);
    return 0;
}
