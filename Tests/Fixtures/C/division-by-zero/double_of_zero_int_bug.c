// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A percentage of a sum that may be zero, in integer arithmetic.
// witness: 0, 0, 0

#include "../ai.h"

int main(void)
{
    unsigned counts[3];
    unsigned total = 0;
    for (int i = 0; i < 3; i++) {
        counts[i] = __ai_any_uchar();
        total += counts[i]; // safe: uninitialized-read
    }
    return 100 * counts[0] / total > 50; // safe: uninitialized-read // bug: division-by-zero
}
