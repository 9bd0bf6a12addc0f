// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A reverse walk tests before it steps.

int main(void)
{
    static const int values[4] = {1, 2, 3, 4};
    unsigned sum = 0;
    const int *p = values + 4; // safe: pointer-arithmetic
    while (p > values) { // safe: pointer-comparison
        p--; // safe: pointer-arithmetic
        sum += (unsigned)*p; // safe: out-of-bounds-read
    }
    return sum == 10;
}
