// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A length field at an odd offset is read as an int.
// witness:

#include <stdlib.h>

int main(void)
{
    unsigned char *packet = calloc(1, 16);
    if (!packet)
        return 1;
    unsigned length = *(unsigned *)(packet + 5); // bug: misaligned-access // safe: uninitialized-read
    free(packet);
    return length == 3;
}
