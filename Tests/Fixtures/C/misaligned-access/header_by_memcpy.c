// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A length field at an odd offset is copied byte by byte.

#include <stdlib.h>
#include <string.h>

int main(void)
{
    unsigned length;
    unsigned char *packet = calloc(1, 16);
    if (!packet)
        return 1;
    memcpy(&length, packet + 5, sizeof length); // safe: out-of-bounds-read, out-of-bounds-write
    free(packet);
    return length == 3; // safe: uninitialized-read
}
