// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A byte range inside a buffer, from a start and a length that are both limited.

#include "../ai.h"
#include <string.h>

int main(void)
{
    char page[256] = {0};
    unsigned start = __ai_any_uchar() % 128;
    unsigned length = __ai_any_uchar() % 129;
    memset(page + start, 'x', length); // safe: out-of-bounds-write, pointer-arithmetic, library-precondition
    memmove(page, page + start, length); // safe: out-of-bounds-write, out-of-bounds-read
    return page[0] == 'x'; // safe: uninitialized-read
}
