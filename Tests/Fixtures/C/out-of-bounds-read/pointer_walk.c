// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer walks over an array up to its end.

int main(void)
{
    static const short samples[16] = {1, 2, 3, 4};
    unsigned sum = 0;
    for (const short *p = samples; p < samples + 16; p++) // safe: pointer-comparison, pointer-arithmetic
        sum += (unsigned)*p; // safe: out-of-bounds-read
    return sum == 10;
}
