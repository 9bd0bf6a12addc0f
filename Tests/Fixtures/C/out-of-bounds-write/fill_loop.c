// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A loop fills an array of fixed size.

static int squares[50];

int main(void)
{
    for (int i = 0; i < 50; i++) // safe: signed-overflow
        squares[i] = i * i; // safe: out-of-bounds-write, signed-overflow
    return squares[7] == 49; // safe: out-of-bounds-read, uninitialized-read
}
