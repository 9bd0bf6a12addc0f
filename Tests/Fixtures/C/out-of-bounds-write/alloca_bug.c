// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An alloca block is one byte too short for the terminator.
// witness: 5

#include "../ai.h"

int main(void)
{
    unsigned length = __ai_any_uchar() % 16;
    char *text = __builtin_alloca(length + 1);
    for (unsigned i = 0; i <= length; i++)
        text[i] = 'a'; // safe: out-of-bounds-write
    text[length + 1] = 0; // bug: out-of-bounds-write
    return 0;
}
