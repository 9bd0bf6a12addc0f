// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Every path of a function ends with a value.

#include "../ai.h"

static int sign(int value)
{
    if (value > 0)
        return 1;
    else if (value < 0)
        return -1;
    else
        return 0;
} // safe: missing-return

int main(void)
{
    return sign(__ai_any_int()) > 0;
}
