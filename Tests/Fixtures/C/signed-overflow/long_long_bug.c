// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A time in microseconds, computed from seconds without a check.
// witness: 9223372036855

#include "../ai.h"

int main(void)
{
    long long seconds = __ai_any_longlong();
    __ai_assume(seconds > 0);
    long long microseconds = seconds * 1000000; // bug: signed-overflow
    return microseconds > 5;
}
