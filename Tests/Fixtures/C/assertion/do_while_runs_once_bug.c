// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The body of a do loop runs before its condition is asked.
// witness: 0

#include "../ai.h"

int main(void)
{
    unsigned count = __ai_any_uchar();
    unsigned done = 0;
    do {
        done++;
    } while (done < count);
    __ai_assert(done <= count); // bug: assertion
    return 0;
}
