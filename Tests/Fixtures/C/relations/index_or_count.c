// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A search answers an index, or the count when there is none: that is told apart before the element is used.

#include "../ai.h"

struct entry {
    short key;
    unsigned uses;
};

static struct entry table[400];
static unsigned used;

static unsigned lookup(short key)
{
    unsigned i = 0;
    while (i < used && table[i].key != key) // safe: out-of-bounds-read
        i++;
    return i;
}

int main(void)
{
    while (__ai_any_bool()) {
        short key = __ai_any_short();
        unsigned place = lookup(key);
        if (place == used) {
            if (used == sizeof table / sizeof *table)
                break;
            table[used++].key = key; // safe: out-of-bounds-write
        }
        __ai_assert(place < used); // imprecise: assertion
        table[place].uses++; // safe: out-of-bounds-read, out-of-bounds-write
    }
    return used > 0 && table[used - 1].uses > 5; // safe: out-of-bounds-read
}
