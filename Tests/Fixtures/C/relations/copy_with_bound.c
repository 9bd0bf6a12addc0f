// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A string is copied up to a bound, and terminated; the answer is the length that it would have needed.

#include "../ai.h"
#include <stdlib.h>

static size_t copy_string(char *target, const char *source, size_t size)
{
    size_t i = 0;
    if (size > 0) {
        for (; i < size - 1 && source[i]; i++) // imprecise: out-of-bounds-read
            target[i] = source[i]; // safe: out-of-bounds-read, out-of-bounds-write
        target[i] = 0; // safe: out-of-bounds-write
    }
    while (source[i]) // imprecise: out-of-bounds-read
        i++;
    return i;
}

int main(void)
{
    char name[200];
    __ai_any_bytes(name, sizeof name);
    name[sizeof name - 1] = 0;
    size_t size = __ai_any_ushort();
    char *target = malloc(size);
    if (!target)
        return 1;
    size_t length = copy_string(target, name, size);
    int fits = length < size && target[length] == 0; // safe: out-of-bounds-read // imprecise: uninitialized-read
    free(target);
    return fits;
}
