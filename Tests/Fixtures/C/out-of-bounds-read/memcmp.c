// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two headers of fixed size are compared.

#include "../ai.h"
#include <string.h>

int main(void)
{
    unsigned char header[4];
    static const unsigned char magic[4] = {0x7f, 'E', 'L', 'F'};
    __ai_any_bytes(header, sizeof header);
    return memcmp(header, magic, sizeof magic) == 0; // safe: out-of-bounds-read, uninitialized-read
}
