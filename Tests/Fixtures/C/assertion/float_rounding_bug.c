// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Adding one to 2^24 in float is lost in rounding.
// witness: 16777216

#include "../ai.h"

int main(void)
{
    float count = __ai_any_float();
    __ai_assume(count >= 0.0f && count <= 16777216.0f);
    float next = count + 1.0f;
    __ai_assert(next > count); // bug: assertion
    return 0;
}
