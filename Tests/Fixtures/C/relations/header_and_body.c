// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A message is a header of four bytes and a body of the length that is left.

#include "../ai.h"
#include <stdlib.h>

static unsigned body_sum(const unsigned char *message, size_t size)
{
    if (size < 4)
        return 0;
    const unsigned char *body = message + 4; // safe: pointer-arithmetic
    size_t length = size - 4;
    unsigned sum = message[3]; // safe: out-of-bounds-read, uninitialized-read
    for (size_t i = 0; i < length; i++)
        sum += body[i]; // safe: out-of-bounds-read, uninitialized-read
    return sum;
}

int main(void)
{
    size_t size = __ai_any_ushort();
    unsigned char *message = calloc(size, 1); // safe: out-of-bounds-write
    if (!message)
        return 1;
    unsigned answer = body_sum(message, size);
    free(message);
    return answer == 3;
}
