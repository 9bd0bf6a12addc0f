// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two pointers into one array.

#include "../ai.h"

int main(void)
{
    int table[8] = {0};
    int *left = table + __ai_any_uint() % 8;
    int *right = table + __ai_any_uint() % 8;
    if (left > right) { // safe: pointer-comparison
        int *swap = left;
        left = right;
        right = swap;
    }
    long distance = right - left; // safe: pointer-comparison
    return distance > 4;
}
