// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Fibonacci numbers by iteration, in an unsigned type.

#include "../ai.h"

int main(void)
{
    unsigned a = 0, b = 1;
    unsigned n = __ai_any_uchar();
    do {
        unsigned next = a + b;
        a = b, b = next;
    } while (n-- > 0);
    int last = (int)(a % 1000);
    return last * 1000 > 5000; // safe: signed-overflow
}
