// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A new element goes where it belongs in a table that is not full, and the larger ones move up by one, the last first.

#include "../ai.h"

#define SIZE 500

static struct {
    int keys[SIZE];
    int count;
} table;

static int insert(int key)
{
    if (table.count == SIZE)
        return 0;
    int place = 0;
    while (place < table.count && table.keys[place] < key) // imprecise: out-of-bounds-read
        place++; // safe: signed-overflow
    for (int i = table.count; i > place; i--) // safe: signed-overflow
        table.keys[i] = table.keys[i - 1]; // imprecise: out-of-bounds-read, out-of-bounds-write
    __ai_assert(place <= table.count); // imprecise: assertion
    table.keys[place] = key; // imprecise: out-of-bounds-write
    table.count++; // imprecise: signed-overflow
    return 1;
}

int main(void)
{
    while (__ai_any_bool() && insert(__ai_any_int()))
        ;
    int first = __ai_any_int();
    if (first < 0 || first >= table.count)
        return 1;
    return table.keys[first] == table.keys[table.count - 1]; // imprecise: out-of-bounds-read
}
