// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// glibc counts a %5c for which the input has two bytes, and stores these two.
// witness:

#include "../ai.h"
#include <stdio.h>

int main(void)
{
    char text[5];
    if (sscanf("ab", "%5c", text) == 1) {
        if (text[4] > 'a') // bug: uninitialized-read
            return 1;
    }
    return 0;
}
