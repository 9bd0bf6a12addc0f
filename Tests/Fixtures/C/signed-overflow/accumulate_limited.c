// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of at most a thousand samples: its bound depends on the number of rounds.

#include "../ai.h"

int main(void)
{
    int sum = 0;
    for (int i = 0; i < 1000; i++) { // safe: signed-overflow
        short sample = __ai_any_short();
        sum += sample; // imprecise: signed-overflow
    }
    return sum > 0;
}
