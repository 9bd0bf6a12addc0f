// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Truncation is towards zero: -0.9 becomes 0 in an unsigned type.

#include "../ai.h"

int main(void)
{
    double offset = __ai_any_double();
    if (!(offset > -0.9 && offset < 100.0))
        return 1;
    unsigned index = (unsigned)offset; // safe: float-to-int
    return index == 3;
}
