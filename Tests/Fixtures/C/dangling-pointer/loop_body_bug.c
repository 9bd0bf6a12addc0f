// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Each round of a loop has its own variable.
// witness:

int main(void)
{
    int *previous = 0;
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        int squared = i * i;
        previous = &squared;
        sum = squared;
    }
    return sum + *previous; // safe: signed-overflow, uninitialized-read, null-dereference // bug: dangling-pointer
}
