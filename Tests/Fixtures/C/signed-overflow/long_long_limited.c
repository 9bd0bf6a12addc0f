// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A time in microseconds for at most a thousand years.

#include "../ai.h"

int main(void)
{
    long long seconds = __ai_any_longlong();
    if (seconds < 0 || seconds > 31557600000LL)
        return 1;
    long long microseconds = seconds * 1000000; // safe: signed-overflow
    return microseconds > 5;
}
