// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An exponential average of bounded inputs, clamped so that no NaN passes, turned into a byte at the end.

#include "../ai.h"

int main(void)
{
    float average = 0.0f;
    while (__ai_any_bool()) {
        unsigned char input = __ai_any_uchar();
        average += ((float)input - average) * 0.25f;
        if (!(average >= 0.0f))
            average = 0.0f;
        if (average > 255.0f)
            average = 255.0f;
    }
    unsigned char byte = (unsigned char)average; // imprecise: float-to-int
    return byte == 3;
}
