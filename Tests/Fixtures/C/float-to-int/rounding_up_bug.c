// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The largest float below the limit rounds up when a half is added.
// witness: 255.9

#include "../ai.h"

int main(void)
{
    float level = __ai_any_float();
    if (!(level >= 0.0f && level < 256.0f))
        return 1;
    unsigned char byte = (unsigned char)(level + 0.5f); // bug: float-to-int
    return byte == 3;
}
