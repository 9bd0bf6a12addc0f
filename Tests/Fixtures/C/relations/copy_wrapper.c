// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copying function with a size and a length takes what fits, and says how much did not.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static size_t copy_at_most(void *target, size_t size, const void *source, size_t length)
{
    size_t copied = length <= size ? length : size;
    memcpy(target, source, copied); // safe: out-of-bounds-read, out-of-bounds-write, library-precondition
    return length - copied;
}

int main(void)
{
    size_t size = __ai_any_uchar(), length = __ai_any_ushort();
    char *small = malloc(size), *large = malloc(length);
    if (small && large) {
        memset(large, 'l', length); // safe: out-of-bounds-write
        size_t rest = copy_at_most(small, size, large, length);
        __ai_assert(rest <= length); // safe: assertion
        if (rest > 0 && rest < length)
            copy_at_most(large, length, large + (length - rest), 1); // safe: pointer-arithmetic
        size_t copied = length - rest;
        if (copied > 0 && small[copied - 1] != 'l') // imprecise: out-of-bounds-read, uninitialized-read
            copied = 0;
    }
    free(large);
    free(small);
    return 0;
}
