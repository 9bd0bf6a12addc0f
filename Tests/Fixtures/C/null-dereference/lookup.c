// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A lookup may find nothing, and the caller asks.

#include "../ai.h"
#include <stddef.h>

static const struct entry {
    int key;
    int value;
} entries[3] = {{1, 100}, {2, 200}, {5, 500}};

static const struct entry *find(int key)
{
    for (int i = 0; i < 3; i++) {
        if (entries[i].key == key) // safe: out-of-bounds-read
            return &entries[i]; // safe: pointer-arithmetic
    }
    return NULL;
}

int main(void)
{
    const struct entry *entry = find(__ai_any_int());
    if (!entry)
        return 0;
    return entry->value; // safe: null-dereference, out-of-bounds-read
}
