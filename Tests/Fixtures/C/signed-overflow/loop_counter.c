// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Counters of nested loops stay within their limits.

int main(void)
{
    unsigned steps = 0;
    for (int row = 0; row < 200; row++) { // safe: signed-overflow
        for (int column = row; column < 200; column += 3) // safe: signed-overflow
            steps++;
    }
    return steps == 42;
}
