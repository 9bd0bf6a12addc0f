// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A ratio of small positive integers.

#include "../ai.h"

int main(void)
{
    int part = __ai_any_int();
    int whole = __ai_any_int();
    __ai_assume(part >= 0 && part < 100);
    __ai_assume(whole > 0 && whole < 100);
    double ratio = (double)part / whole;
    int percent = (int)(ratio * 100.0); // safe: float-to-int
    return percent == 50;
}
