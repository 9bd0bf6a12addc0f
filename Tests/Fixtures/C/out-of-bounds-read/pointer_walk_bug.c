// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer is advanced before it is read.
// witness:

int main(void)
{
    static const short samples[16] = {1, 2, 3, 4};
    const short *p = samples;
    const short *end = samples + 16; // safe: pointer-arithmetic
    unsigned sum = 0;
    while (p < end) {
        p++; // safe: pointer-arithmetic
        sum += (unsigned)*p; // bug: out-of-bounds-read
    }
    return sum == 10;
}
