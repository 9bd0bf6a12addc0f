// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A length byte from the input is checked against the target's size.

#include "../ai.h"
#include <string.h>

int main(void)
{
    static const unsigned char message[256] = {1, 2, 3};
    unsigned char frame[32] = {0};
    unsigned length = __ai_any_uchar();
    if (length > sizeof frame)
        return 1;
    memcpy(frame, message, length); // safe: out-of-bounds-write, out-of-bounds-read
    return frame[0] == 1; // safe: uninitialized-read
}
