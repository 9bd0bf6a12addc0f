// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A long is cut to an int on assignment.
// witness: 4294967296

#include "../ai.h"

int main(void)
{
    long size = __ai_any_long();
    if (size <= 0)
        return 0;
    int length = (int)size;
    __ai_assert(length > 0); // bug: assertion
    return 0;
}
