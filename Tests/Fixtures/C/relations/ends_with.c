// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The end of a text is compared with another that is not longer: it starts at the difference of their lengths.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static int ends_with(const char *text, size_t length, const char *ending, size_t size)
{
    if (size > length)
        return 0;
    return memcmp(text + (length - size), ending, size) == 0; // safe: pointer-arithmetic // imprecise: out-of-bounds-read, uninitialized-read
}

int main(void)
{
    static const char *const endings[] = {".c", ".cpp", ".hpp"};
    size_t length = __ai_any_uchar();
    char *name = malloc(length + 1);
    if (!name)
        return 1;
    for (size_t i = 0; i < length; i++)
        name[i] = '.'; // safe: out-of-bounds-write
    const char *ending = endings[__ai_any_uint() % 3];
    size_t size = strlen(ending); // imprecise: out-of-bounds-read
    if (ends_with(name, length, ending, size))
        name[length - size] = 0; // imprecise: out-of-bounds-write
    free(name);
    return 0;
}
