// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A path is searched from behind for its last slash.

#include "../ai.h"
#include <stdlib.h>

static int last_slash(const char *path, int length)
{
    for (int i = length - 1; i >= 0; i--) {
        if (path[i] == '/') // safe: out-of-bounds-read, uninitialized-read
            return i;
    }
    return -1;
}

int main(void)
{
    int length = __ai_any_ushort();
    char *path = malloc((size_t)length + 1);
    if (!path)
        return 1;
    __ai_any_bytes(path, (size_t)length + 1); // safe: out-of-bounds-write
    int slash = last_slash(path, length);
    __ai_assert(slash < length || slash == -1); // safe: assertion
    char after = path[slash + 1]; // safe: out-of-bounds-read, uninitialized-read
    free(path);
    return after;
}
