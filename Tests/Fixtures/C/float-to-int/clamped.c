// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A measurement is clamped before it becomes an int.

#include "../ai.h"

static int to_int(double value)
{
    if (!(value >= -1000.0))
        return -1000;
    if (value > 1000.0)
        return 1000;
    return (int)value; // safe: float-to-int
}

int main(void)
{
    double measured = __ai_any_double();
    return to_int(measured) > 100;
}
