// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A byte range whose start and length are each inside the buffer, but not their sum.
// witness: 200, 100

#include "../ai.h"
#include <string.h>

int main(void)
{
    char page[256];
    unsigned start = __ai_any_uchar();
    unsigned length = __ai_any_uchar();
    memset(page + start, 'x', length); // bug: out-of-bounds-write
    return 0;
}
