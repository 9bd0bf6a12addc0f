// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A length byte from the input is trusted.
// witness: 33

#include "../ai.h"
#include <string.h>

int main(void)
{
    static const unsigned char message[256] = {1, 2, 3};
    unsigned char frame[32];
    unsigned length = __ai_any_uchar();
    memcpy(frame, message, length); // bug: out-of-bounds-write // safe: library-precondition
    return length > 3;
}
