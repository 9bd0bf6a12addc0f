// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A set of small numbers: only the first entries of the dense list have a value, and each says where its number is.

#include "../ai.h"
#include <stdlib.h>

struct set {
    unsigned *dense, *place;
    unsigned count, universe;
};

static int contains(const struct set *set, unsigned number)
{
    unsigned place = set->place[number]; // safe: uninitialized-read // imprecise: out-of-bounds-read
    return place < set->count && set->dense[place] == number; // imprecise: out-of-bounds-read, uninitialized-read
}

static void add(struct set *set, unsigned number)
{
    if (number >= set->universe || contains(set, number))
        return;
    if (set->count == set->universe)
        return;
    set->place[number] = set->count; // imprecise: out-of-bounds-write
    set->dense[set->count++] = number; // imprecise: out-of-bounds-write
}

int main(void)
{
    unsigned universe = __ai_any_ushort(), sum = 0;
    struct set set = {malloc(universe * sizeof(unsigned)), calloc(universe, sizeof(unsigned)), 0, universe}; // safe: out-of-bounds-write
    if (set.dense && set.place) {
        while (__ai_any_bool())
            add(&set, __ai_any_uint());
        for (unsigned i = 0; i < set.count; i++)
            sum += set.place[set.dense[i]]; // imprecise: out-of-bounds-read, uninitialized-read
    }
    free(set.place);
    free(set.dense);
    return sum == 3;
}
