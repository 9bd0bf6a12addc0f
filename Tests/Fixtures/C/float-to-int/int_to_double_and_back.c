// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Every int is a double.

#include "../ai.h"

int main(void)
{
    int value = __ai_any_int();
    double exact = (double)value;
    int back = (int)exact; // safe: float-to-int
    return back == value;
}
