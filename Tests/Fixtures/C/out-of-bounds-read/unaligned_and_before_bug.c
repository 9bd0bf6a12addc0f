// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The word before an array of bytes: outside of it, and aligned only by chance.
// witness: 1

#include "../ai.h"

int main(void)
{
    unsigned char bytes[12] = {0};
    int *word = (int *)bytes;
    if (__ai_any_int() == 1)
        return word[-1] > 0; // bug: out-of-bounds-read // imprecise: misaligned-access
    return bytes[0];
}
