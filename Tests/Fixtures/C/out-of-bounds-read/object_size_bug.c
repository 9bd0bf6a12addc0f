// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What the compiler knows of an object's size may be nothing, or the size.
//
// witness:

int main(void)
{
    int table[4] = {0}, i = 0;
    if (__builtin_object_size(table, 0) < 100)
        i = 4;
    return table[i]; // bug: out-of-bounds-read
}
