// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The elements move up although the table is full.
// witness: 500, -5

#include "../ai.h"

#define SIZE 500

static struct {
    int keys[SIZE];
    int count;
} table;

static void insert(int key)
{
    if (table.count > SIZE)
        return;
    int place = 0;
    while (place < table.count && table.keys[place] < key) // safe: out-of-bounds-read
        place++; // safe: signed-overflow
    for (int i = table.count; i > place; i--) // safe: signed-overflow
        table.keys[i] = table.keys[i - 1]; // bug: out-of-bounds-write // safe: out-of-bounds-read
    table.count++;
}

int main(void)
{
    int count = __ai_any_int();
    if (count < 1 || count > SIZE)
        return 1;
    table.count = count;
    insert(__ai_any_int());
    return table.count;
}
