// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The second loop begins one behind where the first one ended, and the element between them has no value.
// witness: 2, 5, 7, 7

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned used = __ai_any_uint(), size = __ai_any_uint(), sum = 0;
    if (size > 2048 || used > size)
        return 1;
    unsigned char *page = malloc(size);
    if (!page)
        return 1;
    for (unsigned i = 0; i < used; i++)
        page[i] = __ai_any_uchar(); // safe: out-of-bounds-write
    for (unsigned i = used + 1; i < size; i++)
        page[i] = 0xff; // safe: out-of-bounds-write
    for (unsigned i = 0; i < size; i++) {
        if (page[i] == 0xff) // bug: uninitialized-read // safe: out-of-bounds-read
            sum++;
    }
    free(page);
    return sum == 0;
}
