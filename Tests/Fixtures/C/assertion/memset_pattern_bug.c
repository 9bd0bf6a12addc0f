// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// memset stores bytes: an array of int is not filled with ones.
// witness:

#include "../ai.h"
#include <string.h>

int main(void)
{
    int weights[4];
    memset(weights, 1, sizeof weights);
    __ai_assert(weights[2] == 1); // bug: assertion
    return 0;
}
