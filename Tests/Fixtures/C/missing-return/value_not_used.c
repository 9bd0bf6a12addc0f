// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function may end without a value when its caller does not look.

#include "../ai.h"

static int log_level(int value)
{
    if (value > 3)
        return value;
} // imprecise: missing-return

int main(void)
{
    log_level(__ai_any_int());
    return 0;
}
