// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Counting sort: the counts of all keys make the places where each key's elements begin, and those are below the count.

#include "../ai.h"

static unsigned char keys[250];

static void sort(unsigned char *sorted, unsigned count)
{
    unsigned places[17] = {0};
    for (unsigned i = 0; i < count; i++)
        places[(keys[i] & 15) + 1]++; // safe: out-of-bounds-read, out-of-bounds-write
    for (unsigned key = 0; key < 16; key++)
        places[key + 1] += places[key]; // safe: out-of-bounds-read, out-of-bounds-write
    __ai_assert(places[16] == count); // imprecise: assertion
    for (unsigned i = 0; i < count; i++) {
        unsigned place = places[keys[i] & 15]++; // safe: out-of-bounds-read
        __ai_assert(place < count); // imprecise: assertion
        sorted[place] = keys[i]; // safe: out-of-bounds-write
    }
}

int main(void)
{
    unsigned char sorted[250] = {0};
    __ai_any_bytes(keys, sizeof keys);
    unsigned count = __ai_any_uchar();
    if (count > sizeof keys)
        return 1;
    sort(sorted, count);
    return sorted[0] == 1; // safe: uninitialized-read
}
