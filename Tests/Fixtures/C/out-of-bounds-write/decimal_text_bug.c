// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The digits of a number go into a buffer from its end; ten digits do not fit.
// witness: 4000000000

#include "../ai.h"

int main(void)
{
    char *text = __builtin_alloca(8);
    unsigned value = __ai_any_uint();
    int position = 8;
    do {
        position--;
        text[position] = (char)('0' + value % 10); // bug: out-of-bounds-write
        value /= 10;
    } while (value > 0);
    return position;
}
