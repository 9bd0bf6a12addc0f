// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A large 64-bit number is rounded when it becomes a double.
// witness: 9007199254740993

#include "../ai.h"

int main(void)
{
    long long exact = __ai_any_longlong();
    __ai_assume(exact >= 0 && exact <= 9007199254740993LL);
    double rounded = (double)exact;
    __ai_assert((long long)rounded == exact); // bug: assertion
    return 0;
}
