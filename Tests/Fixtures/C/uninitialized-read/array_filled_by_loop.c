// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A loop sets every element: only an analysis that knows how far the loop came can tell.

int main(void)
{
    int table[100];
    unsigned count = 0;
    for (int i = 0; i < 100; i++) // safe: signed-overflow
        table[i] = i / 3; // safe: out-of-bounds-write
    for (int i = 0; i < 100; i++) {
        if (table[i] > 3) // safe: out-of-bounds-read, uninitialized-read
            count++;
    }
    return count == 3;
}
