// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A reverse walk leaves the array at its front.
// confirmed-by: reasoning - C11 6.5.6p8, no pointer one before the first element
// witness:

int main(void)
{
    static const int values[4] = {1, 2, 3, 4};
    unsigned sum = 0;
    const int *p = values + 3;
    for (int i = 0; i < 4; i++) {
        sum += (unsigned)*p; // safe: out-of-bounds-read
        p--; // bug: pointer-arithmetic
    }
    return sum == 10;
}
