// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A buffer filled to the brim has no terminator for strlen.
// witness:
// bytes: 4142434445464748

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *name = malloc(8);
    if (!name)
        return 1;
    __ai_any_bytes(name, 8);
    return strlen(name) > 3; // bug: out-of-bounds-read
}
