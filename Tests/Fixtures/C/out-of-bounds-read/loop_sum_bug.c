// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The loop reads one element after the array.
// witness:

int main(void)
{
    static const int values[8] = {3, 1, 4, 1, 5, 9, 2, 6};
    unsigned sum = 0;
    for (int i = 0; i <= 8; i++)
        sum += (unsigned)values[i]; // bug: out-of-bounds-read
    return sum == 31;
}
