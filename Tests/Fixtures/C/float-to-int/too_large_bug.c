// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A measurement outside the range of int.
// witness: 1e10

#include "../ai.h"

int main(void)
{
    double measured = __ai_any_double();
    if (measured < 0)
        return 1;
    int rounded = (int)measured; // bug: float-to-int
    return rounded > 100;
}
