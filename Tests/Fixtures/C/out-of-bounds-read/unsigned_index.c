// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An unsigned index needs one check only.

#include "../ai.h"

int main(void)
{
    static const int thresholds[4] = {10, 20, 50, 100};
    unsigned level = __ai_any_uint();
    if (level > 3)
        level = 3;
    return thresholds[level]; // safe: out-of-bounds-read
}
