// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A backwards loop with a signed counter stops below zero.

static int values[10];

int main(void)
{
    for (int i = 9; i >= 0; i--) // safe: signed-overflow
        values[i] = i; // safe: out-of-bounds-write
    return values[3] == 3;
}
