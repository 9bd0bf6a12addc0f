// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The separator is looked for, and its absence is handled.

#include "../ai.h"
#include <string.h>

int main(void)
{
    char text[4];
    __ai_any_bytes(text, 3);
    text[3] = 0;
    char *separator = strchr(text, '='); // safe: out-of-bounds-read
    if (!separator)
        return 1;
    *separator = 0; // safe: null-dereference, out-of-bounds-write
    return 0;
}
