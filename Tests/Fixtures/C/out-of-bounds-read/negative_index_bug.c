// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A signed index is checked from above only.
// witness: -1

#include "../ai.h"

int main(void)
{
    static const int thresholds[4] = {10, 20, 50, 100};
    int level = __ai_any_int();
    if (level > 3)
        level = 3;
    return thresholds[level]; // bug: out-of-bounds-read
}
