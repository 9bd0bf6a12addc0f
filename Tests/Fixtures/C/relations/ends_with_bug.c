// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The end of a text is compared with another before it is known to be shorter: it would start in front of the text.
// witness: 1

#include "../ai.h"
#include <stdlib.h>

static int ends_with(const char *text, int length, const char *ending, int size)
{
    while (size > 0) {
        if (text[--length] != ending[--size]) // bug: out-of-bounds-read // imprecise: uninitialized-read
            return 0;
    }
    return 1;
}

int main(void)
{
    int length = __ai_any_uchar();
    char *name = malloc(length + 1);
    if (!name)
        return 1;
    for (int i = 0; i < length; i++)
        name[i] = 'c'; // safe: out-of-bounds-write
    name[length] = 0; // safe: out-of-bounds-write
    int answer = ends_with(name, length, "cc", 2);
    free(name);
    return answer;
}
