// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The remainder is undefined where the quotient is.
// witness: -2147483648, -1

#include "../ai.h"

int main(void)
{
    int value = __ai_any_int();
    int modulus = __ai_any_int();
    if (modulus >= 0)
        return 0;
    int rest = value % modulus; // bug: signed-overflow
    return rest > 10;
}
