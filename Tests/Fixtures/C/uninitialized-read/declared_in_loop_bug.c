// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A variable without initialiser is a new one in each round.
// witness:

int main(void)
{
    unsigned sum = 0;
    for (int i = 0; i < 2; i++) {
        int state;
        if (i == 0)
            state = 7;
        if (state == 7) // bug: uninitialized-read
            sum++;
    }
    return sum == 2;
}
