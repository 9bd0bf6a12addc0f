// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A char is stored into the middle of an int that is read afterwards.
// witness: 1

#include "../ai.h"

int main(void)
{
    int total = 0;
    unsigned char *bytes = (unsigned char *)&total;
    unsigned which = __ai_any_uint() % 4;
    bytes[which] = 1;
    __ai_assert(total == 0 || total == 1); // bug: assertion // safe: uninitialized-read
    return 0;
}
