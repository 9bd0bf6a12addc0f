// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The wider member of a union is read after only its narrow one was written.
// witness: 3

#include "../ai.h"

union sample {
    unsigned char narrow;
    unsigned wide;
};

int main(void)
{
    union sample sample;
    sample.narrow = __ai_any_uchar();
    if (sample.wide > 255) // bug: uninitialized-read
        return 1;
    return 0;
}
