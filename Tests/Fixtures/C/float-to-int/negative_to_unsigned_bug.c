// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A negative number has no value in an unsigned type.
// witness: -1.5

#include "../ai.h"

int main(void)
{
    double offset = __ai_any_double();
    if (!(offset > -100.0 && offset < 100.0))
        return 1;
    unsigned index = (unsigned)offset; // bug: float-to-int
    return index == 3;
}
