// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The sum of two single-precision constants is rounded to single precision: nothing was added.
// witness:

int main(void)
{
    float large = 16777216.0f, one = 1.0f;
    float sum = large + one;
    int differs = sum != large;
    return 1 / differs; // bug: division-by-zero // imprecise: signed-overflow
}
