// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Every second element is set, and then every one is read.
// witness:

int main(void)
{
    int table[10];
    unsigned count = 0;
    for (int i = 0; i < 10; i += 2)
        table[i] = i;
    for (int i = 0; i < 10; i++) {
        if (table[i] > 3) // bug: uninitialized-read
            count++;
    }
    return count == 3;
}
