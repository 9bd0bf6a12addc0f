// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two comparisons that a NaN slips through.
// witness: nan

#include "../ai.h"

int main(void)
{
    float level = __ai_any_float();
    if (level < 0.0f || level > 255.0f)
        return 1;
    unsigned char byte = (unsigned char)level; // bug: float-to-int
    return byte == 3;
}
