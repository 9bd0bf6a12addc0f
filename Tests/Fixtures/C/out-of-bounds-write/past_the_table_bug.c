// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A write behind a table that must not be written to at all.
// witness:

static const int table[3] = {1, 2, 3};

int main(void)
{
    int *entry = (int *)table;
    entry[3] = 0; // bug: out-of-bounds-write, write-to-constant
    return table[0];
}
