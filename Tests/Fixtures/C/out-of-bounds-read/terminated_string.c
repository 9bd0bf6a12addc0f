// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The last byte of the buffer is set to zero before strlen looks for it.

#include "../ai.h"
#include <string.h>

int main(void)
{
    char name[8];
    __ai_any_bytes(name, sizeof name);
    name[7] = 0; // safe: out-of-bounds-write
    return strlen(name) > 3; // safe: out-of-bounds-read
}
