// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One path of a function ends without a value that its caller needs.
// witness: 0

#include "../ai.h"

static int sign(int value)
{
    if (value > 0)
        return 1;
    if (value < 0)
        return -1;
} // bug: missing-return

int main(void)
{
    if (sign(__ai_any_int()) > 0)
        return 1;
    return 0;
}
