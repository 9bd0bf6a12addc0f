// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A cleanup path by goto, reached with and without a block.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    int status = 1;
    char *text = malloc(10);
    if (!text)
        goto done;
    text[0] = __ai_any_char(); // safe: null-dereference, out-of-bounds-write
    if (text[0] == 'x') // safe: null-dereference, uninitialized-read
        goto release;
    status = 0;
release:
    free(text); // safe: invalid-free
done:
    return status;
}
