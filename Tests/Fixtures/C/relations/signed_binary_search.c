// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Binary search with both ends inclusive: the upper one may come down to -1.

#include "../ai.h"

static int find(const short *keys, int count, short wanted)
{
    int low = 0, high = count - 1; // safe: signed-overflow
    while (low <= high) {
        int middle = low + (high - low) / 2; // safe: signed-overflow
        short key = keys[middle]; // safe: uninitialized-read, out-of-bounds-read
        if (key == wanted)
            return middle;
        if (key < wanted)
            low = middle + 1; // safe: signed-overflow
        else
            high = middle - 1; // safe: signed-overflow
    }
    return -1;
}

int main(void)
{
    int count = 1 + __ai_any_uchar();
    short keys[count];
    for (int i = 0; i < count; i++)
        keys[i] = (short)(2 * i - 50); // safe: out-of-bounds-write
    int place = find(keys, count, __ai_any_short());
    if (place >= 0)
        keys[place] = 0; // safe: out-of-bounds-write
    return 0;
}
