// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Reads a decimal number and stops before it can leave the range of int.

#include "../ai.h"

int main(void)
{
    int value = 0;
    while (__ai_any_bool()) {
        unsigned char c = __ai_any_uchar();
        if (c < '0' || c > '9')
            break;
        if (value > 100000000)
            return 1;
        value = value * 10 + (c - '0'); // safe: signed-overflow
    }
    return value == 42;
}
