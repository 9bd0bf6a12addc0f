// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A buffer that is on the heap only when the text is long, and is freed only there.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char small[16];
    char *heap = NULL;
    char *text = small;
    unsigned length = __ai_any_uchar();
    if (length >= sizeof small) {
        heap = malloc(length + 1);
        if (!heap)
            return 1;
        text = heap;
    }
    text[0] = 0; // safe: null-dereference, out-of-bounds-write
    free(heap); // safe: invalid-free
    return 0;
}
