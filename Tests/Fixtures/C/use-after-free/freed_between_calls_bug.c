// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The callee may write anywhere, and looks at nothing of the block: whether that is alive behind the call depends on whether
// it was before, in each iteration anew.
// witness: 3, 0, 1

#include <stdlib.h>

#include "../ai.h"

static void store(int *place)
{
    *place = 1; // imprecise: null-dereference, out-of-bounds-write, misaligned-access, write-to-constant, dangling-pointer, use-after-free
}

int main(void)
{
    int *block = malloc(sizeof *block), count = 0;
    if (!block)
        return 0;
    *block = 1;
    unsigned rounds = __ai_any_uint() & 63;
    for (unsigned i = 0; i < rounds; i++) {
        store((int *)(unsigned long)&count);
        if (*block == 7) // bug: use-after-free // imprecise: out-of-bounds-read, uninitialized-read
            return 1;
        if (__ai_any_int() > 0)
            free(block); // imprecise: invalid-free
    }
    return 0;
}
