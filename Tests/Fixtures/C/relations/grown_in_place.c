// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// After a realloc the old length still holds: it is below the new one, and what is new is set from it on.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    size_t old_size = __ai_any_uchar() + 1u, more = __ai_any_uchar();
    char *text = malloc(old_size);
    if (!text)
        return 1;
    memset(text, 'a', old_size); // safe: out-of-bounds-write
    char *grown = realloc(text, old_size + more); // safe: invalid-free, out-of-bounds-write // imprecise: out-of-bounds-read
    if (!grown) {
        text[old_size - 1] = 0; // safe: out-of-bounds-write // imprecise: use-after-free
        free(text); // safe: invalid-free
        return 1;
    }
    for (size_t i = old_size; i < old_size + more; i++)
        grown[i] = 'b'; // safe: out-of-bounds-write
    int last = grown[old_size + more - 1]; // safe: out-of-bounds-read // imprecise: uninitialized-read
    free(grown); // safe: invalid-free
    return last == 'a';
}
